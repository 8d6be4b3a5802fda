using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>A place where this process sees a segment, until it is disposed of.</summary>
/// <remarks>
/// Use of a mapping that was taken away, by the segment's sharer or by this process, ends the
/// process as any use of memory does that is not there.
/// </remarks>
public sealed class Mapping : OwnedMemory
{
    private readonly SegmentId _segment;

    internal Mapping(SegmentId segment, Address start, nuint bytes)
        : base(start, bytes) => _segment = segment;

    private protected override void GiveBack() =>
        Syscall.Invoke(new PairBlock(SyscallCode.UnmapAms, _segment.Value, Start.Value));
}
