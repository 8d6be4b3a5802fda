using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>A process that uses what it serves itself.</summary>
internal sealed unsafe class OwnChecks(Checks checks)
{
    private readonly Caller _caller = new();

    internal void Run()
    {
        Served.Start();
        ulong start = Served.Segment.Map(MappingRights.ReadWrite).Start.Value;
        checks.That("the first thread is served by its own handler", Served.IsRight(start, 23));
        checks.Equal("once", 1, Served.Asked);
        checks.Equal("which is told of reading a page", 0, Served.Manner);
        ulong again = Served.Segment.Map(MappingRights.Read).Start.Value;
        checks.That("another mapping has the page too", Served.IsRight(again, 23));
        checks.Equal("without asking", 1, Served.Asked);
        *(ulong*)(start + (24 * Memory.PageBytes)) = 7;
        checks.Equal("what is written is read before", Served.Word(24, 1),
            *(ulong*)(again + (24 * Memory.PageBytes) + 8));
        checks.Equal("and seen by all", 7, *(ulong*)(again + (24 * Memory.PageBytes)));
        TryCalls(start);
        checks.That("the handler was told right", Served.IsToldRight);
    }

    // Buffers, and the block itself, in pages that are not there.
    private void TryCalls(ulong start)
    {
        ulong buffer = start + (25 * Memory.PageBytes);
        uint asked = Served.Asked;
        _caller.Begin(SyscallCode.FillRandom).Put(buffer).Put(2 * Memory.PageBytes);
        checks.That("a buffer is supplied and written",
            _caller.Send() == ErrorCode.None && _caller.HasKept
                && *(ulong*)buffer != Served.Word(25, 0)
                && *(ulong*)(buffer + (2 * Memory.PageBytes) - 8) != Served.Word(26, 511));
        checks.Equal("page by page", asked + 2, Served.Asked);
        _caller.Begin(SyscallCode.FillRandom)
            .Put(start + (Served.OutOfRange * Memory.PageBytes) - 64).Put(128);
        checks.Equal("a buffer that is not supplied is no memory",
            (ulong)ErrorCode.BadPointer, (ulong)_caller.Send());
        checks.That("and nothing was written",
            _caller.HasKept && Served.IsRight(start, Served.OutOfRange - 1));
        ErrorCode error = _caller.SendFrom(
            start + (Served.Broken * Memory.PageBytes), SyscallConvention.Marker);
        checks.Equal("a block that is not supplied is none",
            (ulong)ErrorCode.BadPointer, (ulong)error);
        // The words of the page say HANDLE_SIGNAL, and a signal that does not exist.
        error = _caller.SendFrom(start + (28 * Memory.PageBytes), SyscallConvention.Marker);
        checks.Equal("a block is supplied and read",
            (ulong)ErrorCode.UnknownSignal, (ulong)error);
    }
}
