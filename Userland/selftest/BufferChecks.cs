using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Every call that takes a buffer, with buffers that lie anywhere.</summary>
internal sealed unsafe class BufferChecks(Workbench bench)
{
    // Short enough for a program's name, and every list is longer than its half.
    private const ulong Usual = 256;
    private const ulong Edge = 16;
    private const byte Filler = (byte)'\r';

    private readonly Grounds _grounds = bench.Grounds;

    internal void Run()
    {
        // What CONSOLE_WRITE is given to show moves the cursor at most.
        Around(_grounds.Writable, 18 * Memory.PageBytes).Fill(Filler);
        Around(_grounds.Hole - Memory.PageBytes, Memory.PageBytes).Fill(Filler);
        Around(_grounds.Hole + Memory.PageBytes, Memory.PageBytes).Fill(Filler);
        foreach (BufferCall call in BufferCall.All)
        {
            TryNowhere(call);
            TryEdges(call);
            TryLengths(call);
            TryRights(call);
        }
    }

    private void TryNowhere(BufferCall call)
    {
        foreach (Place place in _grounds.Nowhere)
        {
            Refuses(call, place.Address, Usual, $"a buffer in {place.Name}", ErrorCode.BadPointer);
            Gives(call, place.Address, 0, $"no bytes in {place.Name}",
                call.Code == SyscallCode.ConsoleRead ? ErrorCode.InvalidArgument : call.Good);
        }
    }

    private void TryEdges(BufferCall call)
    {
        ulong hole = _grounds.Hole;
        ulong after = hole + Memory.PageBytes;
        Refuses(call, hole - Edge, Usual, "a buffer that runs into nothing", ErrorCode.BadPointer);
        Refuses(call, hole - 1, Usual, "a buffer of which one byte is there",
            ErrorCode.BadPointer);
        Refuses(call, after - Edge, Usual, "a buffer that begins in nothing",
            ErrorCode.BadPointer);
        bench.Checks.That($"{call.Name}: a refused buffer is left alone",
            Around(hole - Memory.PageBytes, Memory.PageBytes).IndexOfAnyExcept(Filler) < 0
                && Around(after, Memory.PageBytes).IndexOfAnyExcept(Filler) < 0);
        Gives(call, hole - Usual, Usual, "a buffer that ends before nothing", call.Good);
        Gives(call, after, Usual, "a buffer that begins after nothing", call.Good);
        Gives(call, _grounds.Writable + Memory.PageBytes - Edge, Usual,
            "a buffer over the edge of a page", call.Good);
        Around(hole - Memory.PageBytes, Memory.PageBytes).Fill(Filler);
        Around(after, Memory.PageBytes).Fill(Filler);
        Around(_grounds.Writable, 2 * Memory.PageBytes).Fill(Filler);
    }

    private void TryLengths(BufferCall call)
    {
        ulong start = _grounds.Writable;
        (ulong Start, ulong Bytes)[] tooFar =
        [
            (start, ulong.MaxValue), (start, 1UL << 63), (start, 1UL << 57),
            (start, ulong.MaxValue - start), (start, ulong.MaxValue - start + 2),
            (ulong.MaxValue - 15, Usual), (ulong.MaxValue, ulong.MaxValue),
            (0x7FFF_FFFF_FFFF_FFFF, 2),
        ];
        foreach ((ulong at, ulong bytes) in tooFar)
            Refuses(call, at, bytes, $"{bytes:X} bytes at {at:X}", ErrorCode.BadPointer);
        if (call.Use == BufferUse.Lists)
        {
            Gives(call, start, SyscallConvention.LongestBuffer + 1, "a longer buffer", call.Good);
        }
        else
        {
            Refuses(call, start, call.Most + 1, "too long a buffer", ErrorCode.InvalidArgument);
            Gives(call, start, call.Most, "the longest buffer", call.Good);
        }
        Around(start, 18 * Memory.PageBytes).Fill(Filler);
    }

    private void TryRights(BufferCall call)
    {
        if (call.Use == BufferUse.Reads)
        {
            Gives(call, _grounds.ReadOnly, Usual, "read-only memory", call.Good);
            if (Processor.HasProtectionKeys)
                Refuses(call, _grounds.ExecuteOnly, Usual, "execute-only memory",
                    ErrorCode.NotPermitted);
            return;
        }
        foreach (Place place in _grounds.Protected)
            Refuses(call, place.Address, Usual, place.Name, ErrorCode.NotPermitted);
    }

    private void Refuses(
        BufferCall call, ulong start, ulong bytes, string what, ErrorCode error)
    {
        call.Begin(bench.Caller, start, bytes);
        bench.Refuses($"{call.Name}: {what}", error);
    }

    private void Gives(BufferCall call, ulong start, ulong bytes, string what, ErrorCode error)
    {
        call.Begin(bench.Caller, start, bytes);
        bench.Gives($"{call.Name}: {what}", error);
    }

    // Safe: all that is asked for is memory of the grounds.
    private static Span<byte> Around(ulong start, int bytes) => new((byte*)start, bytes);
}
