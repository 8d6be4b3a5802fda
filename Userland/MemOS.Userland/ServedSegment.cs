using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>Answers a load from a segment.</summary>
/// <param name="offset">Where in the segment, in bytes; need not be aligned.</param>
/// <param name="bytes">How many: 1, 2, 4 or 8.</param>
/// <param name="value">What is there.</param>
/// <returns>Done; or that there is nothing, which makes the access a fault.</returns>
public delegate BackerAnswer LoadServer(nuint offset, int bytes, out ulong value);

/// <summary>Takes a store to a segment.</summary>
/// <param name="offset">Where in the segment, in bytes; need not be aligned.</param>
/// <param name="bytes">How many: 1, 2, 4 or 8.</param>
/// <param name="value">What is stored.</param>
/// <returns>Done; or that there is nothing, which makes the access a fault.</returns>
public delegate BackerAnswer StoreServer(nuint offset, int bytes, ulong value);

/// <summary>
/// A segment that behaves like a device: this program is told of each load and of each store, by
/// itself or by whomever it shares the segment with. It has no memory.
/// </summary>
/// <remarks>
/// Both servers are handlers of signals (see <see cref="Signals"/>): they may interrupt anything
/// that the program does, so they must neither allocate nor write to the console. They have a
/// second, or the access fails. Instructions that read and write are two accesses, and others may
/// come in between, whatever prefix they have; so may the halves of 16 bytes. What docs/abi.md
/// does not list among the instructions is a fault.
/// </remarks>
public sealed class ServedSegment : IDisposable
{
    private readonly LoadServer _load;
    private readonly StoreServer _store;

    /// <summary>Makes a segment.</summary>
    /// <param name="bytes">Its length; whole pages.</param>
    /// <param name="load">What answers loads.</param>
    /// <param name="store">What takes stores.</param>
    /// <exception cref="MemOsException">No such length, or no memory.</exception>
    public ServedSegment(nuint bytes, LoadServer load, StoreServer store)
    {
        _load = load;
        _store = store;
        SyscallResult result = Syscall.Invoke(new BackBlock(bytes, BackingMode.Accesses));
        Segment = new Segment(new(result.OrThrow(SyscallCode.BackedAms).Value0), bytes);
        SegmentServers.Add(Segment.Id, Answer);
    }

    /// <summary>The segment, to be mapped and shared.</summary>
    public Segment Segment { get; }

    /// <summary>Gives it up. Every access is a fault from then on.</summary>
    public void Dispose()
    {
        SegmentServers.Remove(Segment.Id);
        Segment.Dispose();
    }

    private SignalAnswer Answer(Signal signal)
    {
        const int BytesPosition = 8;
        nuint offset = (nuint)signal.Second;
        if (signal.Code == SignalCode.WriteBackedAms)
            return new SignalAnswer(_store(offset, (int)signal.Third, signal.Fourth), 0);
        BackerAnswer answer = _load(offset, (int)(signal.Third >> BytesPosition), out ulong value);
        return new SignalAnswer(answer, value);
    }
}
