using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>Fills a page of a segment that somebody touches for the first time.</summary>
/// <param name="offset">Where the page begins in the segment, in bytes.</param>
/// <param name="page">The page, with what was there for the last one.</param>
/// <returns>Done; or that there is no such page, which makes the access a fault.</returns>
public delegate BackerAnswer PageSupplier(nuint offset, Span<byte> page);

/// <summary>
/// A segment whose pages this program makes when they are touched, by itself or by whomever it
/// shares the segment with. Nothing is there before, so it may be longer than memory is.
/// </summary>
/// <remarks>
/// The supplier is a handler of a signal (see <see cref="Signals"/>): it may interrupt anything
/// that the program does, so it must neither allocate nor write to the console. It has a second,
/// or the access fails.
/// </remarks>
public sealed class BackedSegment : IDisposable
{
    private readonly PageSupplier _supply;
    private readonly Pages _page = Memory.Allocate(Memory.PageBytes);

    /// <summary>Makes a segment.</summary>
    /// <param name="bytes">Its length; whole pages.</param>
    /// <param name="supply">What fills its pages.</param>
    /// <param name="mode">Pages or CopyOnWrite.</param>
    /// <exception cref="MemOsException">No such length, or no memory.</exception>
    public BackedSegment(
        nuint bytes, PageSupplier supply, BackingMode mode = BackingMode.Pages)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(
            mode == BackingMode.Accesses, true, nameof(mode));
        _supply = supply;
        SyscallResult result = Syscall.Invoke(new BackBlock(bytes, mode));
        Segment = new Segment(new(result.OrThrow(SyscallCode.BackedAms).Value0), bytes);
        SegmentServers.Add(Segment.Id, signal => Supply((nuint)signal.Second));
    }

    /// <summary>The segment, to be mapped and shared.</summary>
    public Segment Segment { get; }

    /// <summary>How many pages were supplied.</summary>
    public uint Supplied { get; private set; }

    /// <summary>
    /// Gives it up. Others keep what was supplied; what was not is a fault for them from then on.
    /// </summary>
    public void Dispose()
    {
        SegmentServers.Remove(Segment.Id);
        Segment.Dispose();
        _page.Dispose();
    }

    private SignalAnswer Supply(nuint offset)
    {
        BackerAnswer answer = _supply(offset, _page.Slice(0, Memory.PageBytes));
        Supplied += answer == BackerAnswer.Done ? 1u : 0;
        return new SignalAnswer(answer, _page.Start.Value);
    }
}
