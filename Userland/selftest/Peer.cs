using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>How a child is given a segment.</summary>
internal enum PeerCase
{
    Reader,
    Writer,
    Copier,
    Runner,
    Unshared,
    Told,
    Sharer,
    Owner,
}

/// <summary>The other side of a share: a child that is given a segment.</summary>
internal static unsafe class Peer
{
    /// <summary>What the segment begins with.</summary>
    internal const ulong Mark = 0x1234_5678_9ABC_DEF0;

    private const nuint Page = Memory.PageBytes;
    private const uint Patience = 5000;

    internal static SharingMode ModeOf(PeerCase one) => one switch
    {
        PeerCase.Reader => SharingMode.Read,
        PeerCase.Writer or PeerCase.Unshared or PeerCase.Told =>
            SharingMode.Read | SharingMode.Write,
        PeerCase.Copier => SharingMode.Read | SharingMode.Write | SharingMode.CopyOnWrite,
        PeerCase.Runner or PeerCase.Sharer => SharingMode.Read,
        _ => SharingMode.Exclusive | SharingMode.Unmap,
    };

    /// <summary>Runs one case.</summary>
    /// <returns>0 if all was as it must be, or the number of what was not.</returns>
    internal static int Run(PeerCase one, SegmentId id)
    {
        if (one == PeerCase.Told)
            return Told.OfShare(id, ModeOf(one));
        Segment segment = Segment.Open(id, Patience);
        SegmentInfo info = segment.Info;
        bool isTold = info.Receiver == Process.Id && info.Command == 0xC0DE
            && info.Mode == ModeOf(one) && info.Bytes == 2 * Page && info.Start.Value == 0
            && (info.Form == ShareForm.Exclusive) == (one == PeerCase.Owner);
        if (!isTold)
            return 1;
        return one switch
        {
            PeerCase.Reader => Read(segment),
            PeerCase.Writer => Write(segment),
            PeerCase.Copier => Copy(segment),
            PeerCase.Runner => Refuses(segment, MappingRights.Execute) ? 0 : 2,
            PeerCase.Sharer => Told.OfReceivers(segment),
            PeerCase.Unshared => WriteUntilUnshared(segment),
            _ => Own(segment),
        };
    }

    /// <summary>Gives a segment to an heir, and is gone.</summary>
    internal static int Give(SegmentId box, ProcessId heir)
    {
        Mapping mapping = Segment.Open(box, Patience).Map();
        Segment segment = Segment.Capture(Memory.Allocate(2 * Page));
        *(ulong*)segment.Original!.Start.Value = Mark;
        segment.Share(heir, SharingMode.Read | SharingMode.Write);
        *(ulong*)mapping.Start.Value = segment.Id.Value;
        return 0;
    }

    /// <summary>Takes what a giver left that is gone.</summary>
    internal static int Inherit(SegmentId box)
    {
        Told.Listen();
        ulong* told = (ulong*)Segment.Open(box, Patience).Map().Start.Value;
        while (told[1] == 0)
            Clock.Sleep(1);
        Segment? segment = Segment.TryOpen(new(told[0]));
        if (segment is null)
            return 1;
        using Mapping mapping = segment.Map();
        ulong* left = (ulong*)mapping.Start.Value;
        left[1] = Mark;
        if (left[0] != Mark)
            return 2;
        return Told.AwaitUnshared()
            == Told.Unshared(segment.Id, UnshareReason.Ended, new(told[1])) ? 0 : 3;
    }

    private static int Read(Segment segment)
    {
        using Mapping mapping = segment.Map();
        if (*(ulong*)mapping.Start.Value != Mark)
            return 2;
        if (!Refuses(segment, MappingRights.Write) || !Refuses(segment, MappingRights.Execute))
            return 3;
        if (segment.TryMap(0, Page, MappingRights.Write | MappingRights.CopyOnWrite, out _)
            != ErrorCode.NotPermitted)
            return 4;
        // More than it has cannot be given on, nor can what is not its own.
        ProcessId other = Process.Spawn("selftest", "spin");
        bool isRefused =
            segment.TryShare(other, SharingMode.Write) == ErrorCode.NotPermitted
            && segment.TryShare(other, SharingMode.Execute) == ErrorCode.NotPermitted
            && segment.TryShare(other, SharingMode.Exclusive) == ErrorCode.NotExclusive;
        bool isGiven = segment.TryShare(other, SharingMode.Read) == ErrorCode.None;
        segment.Unshare(other);
        Process.Kill(other);
        return isRefused && isGiven ? 0 : 5;
    }

    private static int Write(Segment segment)
    {
        using Mapping mapping = segment.Map();
        *(ulong*)mapping.Start.Value = ~Mark;
        return Refuses(segment, MappingRights.Execute) ? 0 : 2;
    }

    private static int Copy(Segment segment)
    {
        using Mapping mapping = segment.Map(MappingRights.Write);
        using Mapping second = segment.Map();
        ulong* own = (ulong*)mapping.Start.Value;
        bool isSame = *own == Mark;
        *own = 0;
        bool isOwn = *own == 0 && *(ulong*)second.Start.Value == Mark;
        ProcessId other = Process.Spawn("selftest", "spin");
        bool isRefused =
            segment.TryShare(other, SharingMode.Write) == ErrorCode.NotPermitted
            && segment.TryShare(other, SharingMode.Write | SharingMode.CopyOnWrite)
                == ErrorCode.None;
        // Its share goes with it.
        Process.Kill(other);
        return isSame && isOwn && isRefused ? 0 : 2;
    }

    // Ends by a fault, once the mapping is taken away.
    private static int WriteUntilUnshared(Segment segment)
    {
        ulong* place = (ulong*)segment.Map().Start.Value;
        while (true)
            Volatile.Write(ref place[1], Mark);
    }

    private static int Own(Segment segment)
    {
        using Mapping mapping = segment.Map();
        if (*(ulong*)mapping.Start.Value != Mark)
            return 2;
        *(ulong*)(mapping.Start.Value + Page) = Mark;
        // Not its maker, so it cannot hand it over; but it can share, and take that back.
        ProcessId other = Process.Spawn("selftest", "spin");
        bool isRight =
            segment.TryShare(other, SharingMode.Exclusive | SharingMode.Unmap)
                == ErrorCode.NotExclusive
            && segment.TryShare(other, SharingMode.Write) == ErrorCode.None;
        segment.Unshare(other);
        Process.Kill(other);
        return isRight ? 0 : 3;
    }

    private static bool Refuses(Segment segment, MappingRights rights) =>
        segment.TryMap(0, Page, rights, out _) == ErrorCode.NotPermitted;
}
