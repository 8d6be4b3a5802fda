using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>
/// An abstract memory segment (AMS): memory apart from any address space. Processes that have it
/// map it, each at places of its own; nothing is copied when it is shared or handed over.
/// </summary>
public sealed class Segment : IDisposable
{
    private bool _isGivenUp;

    internal Segment(SegmentId id, nuint bytes)
    {
        Id = id;
        Bytes = bytes;
    }

    /// <summary>Its number, to be told to who is given it.</summary>
    public SegmentId Id { get; }

    /// <summary>Size in bytes, a multiple of <see cref="Memory.PageBytes"/>.</summary>
    public nuint Bytes { get; }

    /// <summary>
    /// Of a segment that was made of pages: those pages, which are one mapping of it.
    /// </summary>
    public Mapping? Original { get; private init; }

    /// <summary>How this process has it.</summary>
    /// <exception cref="MemOsException">0x30: it has it no longer.</exception>
    public SegmentInfo Info => TryTell(Id, out SegmentInfo info)
        ? info
        : throw new MemOsException(SyscallCode.AmsSharingInfo, ErrorCode.UnknownSegment);

    /// <summary>Makes a segment of pages, which are the segment's from then on.</summary>
    /// <param name="pages">The pages; they are not to be disposed of any more.</param>
    /// <exception cref="MemOsException">They are not all the process's own.</exception>
    public static Segment Capture(Pages pages)
    {
        ulong id = Syscall.Invoke(
            new PairBlock(SyscallCode.VirtMemAms, pages.Start.Value, pages.Bytes))
            .OrThrow(SyscallCode.VirtMemAms).Value0;
        Mapping original = new(new(id), pages.Start, pages.Bytes);
        pages.HandOn();
        return new Segment(new(id), original.Bytes) { Original = original };
    }

    /// <summary>Makes a segment of a device's memory.</summary>
    /// <param name="device">The device; this process may drive it.</param>
    /// <param name="offset">Where in its memory; a multiple of a page.</param>
    /// <param name="bytes">How much; whole pages, within one window.</param>
    /// <exception cref="MemOsException">
    /// 0x30: this process may not drive it; 0x31 to 0x33: there is no such device or memory.
    /// </exception>
    public static Segment OfDevice(DeviceId device, nuint offset, nuint bytes)
    {
        ErrorCode error = TryOfDevice(device, offset, bytes, out Segment? segment);
        return error == ErrorCode.None
            ? segment!
            : throw new MemOsException(SyscallCode.DeviceAms, error);
    }

    /// <summary>Makes a segment of a device's memory, or says why not.</summary>
    public static ErrorCode TryOfDevice(
        DeviceId device, nuint offset, nuint bytes, out Segment? segment)
    {
        SyscallResult result =
            Syscall.Invoke(new DeviceBlock(device, offset, bytes, default));
        segment = result.Error == ErrorCode.None
            ? new Segment(new(result.Value0), bytes)
            : null;
        return result.Error;
    }

    /// <summary>A segment that this process was given; null if it was not, or not yet.</summary>
    public static Segment? TryOpen(SegmentId id) =>
        TryTell(id, out SegmentInfo info) ? new Segment(id, (nuint)info.Bytes) : null;

    /// <summary>Waits until this process is given a segment.</summary>
    /// <param name="id">Its number, as it was told.</param>
    /// <param name="milliseconds">How long to wait.</param>
    /// <exception cref="MemOsException">0x30: it was not.</exception>
    public static Segment Open(SegmentId id, uint milliseconds)
    {
        TimeSpan end = Clock.Uptime + TimeSpan.FromMilliseconds(milliseconds);
        while (true)
        {
            if (TryOpen(id) is { } segment)
                return segment;
            if (Clock.Uptime >= end)
                throw new MemOsException(SyscallCode.AmsSharingInfo, ErrorCode.UnknownSegment);
            Clock.Sleep(1);
        }
    }

    /// <summary>Maps all of it, at a random place.</summary>
    /// <param name="rights">
    /// What for: by default all that was given, or what the pages were for that it was made of.
    /// </param>
    /// <exception cref="MemOsException">
    /// 0x04: not given, or something would be both writable and executable; 0x40: no memory.
    /// </exception>
    public Mapping Map(MappingRights rights = MappingRights.All) => Map(0, Bytes, rights);

    /// <summary>Maps a part of it, at a random place.</summary>
    /// <param name="offset">Where the part begins; a multiple of a page.</param>
    /// <param name="bytes">Its length; whole pages.</param>
    /// <param name="rights">What for.</param>
    /// <exception cref="MemOsException">As above, and 0x31: there is no such part.</exception>
    public Mapping Map(nuint offset, nuint bytes, MappingRights rights)
    {
        ErrorCode error = TryMap(offset, bytes, rights, out Mapping? mapping);
        return error == ErrorCode.None
            ? mapping!
            : throw new MemOsException(SyscallCode.MapAms, error);
    }

    /// <summary>Maps a part of it, or says why not.</summary>
    public ErrorCode TryMap(
        nuint offset, nuint bytes, MappingRights rights, out Mapping? mapping)
    {
        ErrorCode error = Syscall.InvokeShort(
            new MapBlock(Id, offset, default, bytes, rights), out ulong start);
        mapping = error == ErrorCode.None ? new Mapping(Id, new(start), bytes) : null;
        return error;
    }

    /// <summary>Shares it: both have it from then on.</summary>
    /// <param name="receiver">With whom.</param>
    /// <param name="mode">What the receiver may do.</param>
    /// <param name="command">What to say along with it.</param>
    /// <exception cref="MemOsException">More than this process has, or no such process.
    /// </exception>
    public void Share(ProcessId receiver, SharingMode mode, ushort command = 0)
    {
        ErrorCode error = TryShare(receiver, mode, command);
        if (error != ErrorCode.None)
            throw new MemOsException(SyscallCode.ShareAms, error);
    }

    /// <summary>Shares it or hands it over, or says why not.</summary>
    public ErrorCode TryShare(
        ProcessId receiver, SharingMode mode, ushort command = 0,
        ShareNotice notice = ShareNotice.Signal) =>
        Syscall.Invoke(new ShareBlock(receiver, Id, command, notice, mode)).Error;

    /// <summary>
    /// Hands it over for good: it is unmapped here, and the receiver alone has it. Only who made it
    /// of its own pages can, while nobody else has it.
    /// </summary>
    /// <param name="receiver">To whom.</param>
    /// <param name="command">What to say along with it.</param>
    /// <exception cref="MemOsException">0x12: others have it too.</exception>
    public void HandOver(ProcessId receiver, ushort command = 0)
    {
        Share(receiver, SharingMode.Exclusive | SharingMode.Unmap, command);
        _isGivenUp = receiver != Process.Id;
    }

    /// <summary>Ends a share, and what its receiver gave on; their mappings go.</summary>
    /// <param name="receiver">Who had it.</param>
    /// <exception cref="MemOsException">0x32: it was not shared with that process.</exception>
    public void Unshare(ProcessId receiver)
    {
        ErrorCode error = TryUnshare(receiver);
        if (error != ErrorCode.None)
            throw new MemOsException(SyscallCode.UnshareAms, error);
    }

    /// <summary>Ends a share, or says why not.</summary>
    public ErrorCode TryUnshare(ProcessId receiver) => Syscall.Invoke(
        new PairBlock(SyscallCode.UnshareAms, Id.Value, receiver.Value)).Error;

    /// <summary>Unmaps all mappings that this process has of it.</summary>
    /// <returns>Whether there were any.</returns>
    public bool UnmapAll() =>
        Syscall.Invoke(new PairBlock(SyscallCode.UnmapAms, Id.Value, 0)).Error
            == ErrorCode.None;

    /// <summary>
    /// Gives it up, with all mappings here. Its memory is free once nobody else has it.
    /// </summary>
    public void Dispose()
    {
        if (_isGivenUp)
            return;
        _isGivenUp = true;
        // It may have been taken back before, which is as good.
        Syscall.Invoke(new PairBlock(SyscallCode.UnshareAms, Id.Value, Process.Id.Value));
    }

    private static bool TryTell(SegmentId id, out SegmentInfo info)
    {
        SyscallResult result =
            Syscall.Invoke(new ValueBlock(SyscallCode.AmsSharingInfo, id.Value));
        info = new SegmentInfo(
            new(result.Value0), new(result.Value1), (ShareForm)result.Value2, new(result.Value3),
            result.Value4, (ushort)result.Value5, (SharingMode)(byte)(result.Value5 >> 16));
        return result.Error == ErrorCode.None;
    }
}
