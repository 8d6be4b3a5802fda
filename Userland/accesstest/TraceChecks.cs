using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Accesstest;

/// <summary>What the device is told of an instruction, and of calls with its memory.</summary>
/// <param name="checks">The count.</param>
/// <param name="place">Where the device is mapped.</param>
internal sealed class TraceChecks(Checks checks, ulong place)
{
    private const SignalCode Read = SignalCode.ReadBackedAms;
    private const SignalCode Write = SignalCode.WriteBackedAms;

    private readonly ulong _own = Memory.Allocate(Memory.PageBytes).Start.Value;
    private readonly Caller _caller = new();

    internal void Run()
    {
        TryInstructions();
        TryCalls();
        TryMappings();
    }

    private void TryInstructions()
    {
        Device.Reset();
        Cells.Load16(place + 17);
        IsTold("a load", new Device.Access(Read, 17, 2, 0));
        Cells.Store32(place + 5, 0x1234_5678);
        IsTold("a store", new Device.Access(Write, 5, 4, 0x1234_5678));
        Cells.Store64(place, 7);
        Device.Reset();
        Uses.Add(place, 3);
        IsTold("a sum", new(Read, 0, 8, 0), new(Write, 0, 8, 10));
        Uses.CompareExchange(place, 1, 2);
        IsTold("a comparison that fails", new(Read, 0, 8, 0), new(Write, 0, 8, 10));
        Uses.SetIfBelow(place, 1, 2);
        IsTold("a condition", new Device.Access(Write, 0, 1, 1));
        Cells.Store64(_own, 11);
        Cells.Store64(_own + 8, 12);
        Uses.StoreVector(place + 16, _own);
        IsTold("16 bytes", new(Write, 16, 8, 11), new(Write, 24, 8, 12));
        Uses.LoadVector(place + 19, _own);
        IsTold("16 bytes back", new(Read, 19, 8, 0), new(Read, 27, 8, 0));
        Uses.Fill(place + 64, 9, 3);
        IsTold("a string", new(Write, 64, 4, 9), new(Write, 68, 4, 9), new(Write, 72, 4, 9));
        Uses.MoveBytes(place + 100, place + 64, 2);
        IsTold("a string from there to there", new(Read, 64, 1, 0), new(Write, 100, 1, 9),
            new(Read, 65, 1, 0), new(Write, 101, 1, 0));
    }

    // Served memory is no more a buffer than a device's is.
    private void TryCalls()
    {
        _caller.Begin(SyscallCode.FillRandom).Put(place).Put(16);
        checks.Equal("a buffer there is not permitted",
            (ulong)ErrorCode.NotPermitted, (ulong)_caller.Send());
        checks.Equal("nor is a block there", (ulong)ErrorCode.NotPermitted,
            (ulong)_caller.SendFrom(place, SyscallConvention.Marker));
        IsTold("nothing of a call");
    }

    private void TryMappings()
    {
        ErrorCode error = Device.Segment.TryMap(
            0, Memory.PageBytes, MappingRights.Read | MappingRights.Execute, out _);
        checks.Equal("it is not executed", (ulong)ErrorCode.NotPermitted, (ulong)error);
        ulong other = Device.Segment.Map(
            Memory.PageBytes, Memory.PageBytes, MappingRights.Read).Start.Value;
        Device.Reset();
        Cells.Load8(other + 3);
        IsTold("an offset in another mapping", new Device.Access(Read, Memory.PageBytes + 3, 1, 0));
    }

    private void IsTold(string name, params System.ReadOnlySpan<Device.Access> accesses)
    {
        checks.Equal($"{name}: so many accesses", (ulong)accesses.Length, (ulong)Device.Count);
        for (int i = 0; i < accesses.Length && i < Device.Count; i++)
        {
            checks.That($"{name}: {Device.Traced(i)}, not {accesses[i]}",
                Device.Traced(i) == accesses[i]);
        }
        Device.Reset();
    }
}
