using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Frames;

/// <summary>
/// All RAM, in frames of 4 KB and 2 MB. No operation looks through frames: each costs the same
/// with 64 MB as with terabytes. A frame handed out has no mapping and no holder; it goes back by
/// itself when it loses its last one, or by <see cref="Discard"/> if it never got any.
/// </summary>
public sealed partial class FrameAllocator<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    /// <summary>Records link frames by 32-bit numbers: RAM above 16 TB is left alone.</summary>
    public const ulong MostFrames = uint.MaxValue;

    private readonly TMemory _memory;
    private readonly GroupPool<TMemory> _pool;
    private FrameStash _recent;
    private FrameStash _zeroed;
    private ulong _free;
    private ulong _reserved;
    private ulong _segments;

    /// <summary>An allocator without RAM: see <see cref="AddFree"/>.</summary>
    public FrameAllocator(TMemory memory)
    {
        _memory = memory;
        _pool = new GroupPool<TMemory>(memory);
    }

    /// <summary>4 KB frames that are not in use, the reserved ones among them.</summary>
    public ulong FreeFrames => _free;

    /// <summary>Free frames that are kept for those who reserved them.</summary>
    public ulong ReservedFrames => _reserved;

    /// <summary>4 KB frames of RAM that were given to the allocator, used or free.</summary>
    public ulong TotalFrames { get; private set; }

    /// <summary>The number just past that of the last frame of RAM.</summary>
    public ulong EndNumber { get; private set; }

    /// <summary>The seam that the frames are reached through.</summary>
    internal TMemory Memory => _memory;

    /// <summary>The number of a new segment of these frames, which no other has.</summary>
    internal ulong NextSegment() => ++_segments;

    /// <summary>Hands out a small frame, or false when all that is left is reserved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryAllocate(FrameUse use, out Frame frame)
    {
        if (_free <= _reserved)
        {
            frame = default;
            return false;
        }

        frame = Take(use);
        return true;
    }

    /// <summary>Hands out a large frame, or false when no 2 MB are free in one piece.</summary>
    public bool TryAllocateLarge(FrameUse use, out Frame frame)
    {
        frame = default;
        if (_free < _reserved + PageSizes.SmallInLarge)
        {
            return false;
        }

        if (!_pool.TryTakeWhole(out frame))
        {
            EmptyStashes();
            DropCopy();
            if (!_pool.TryTakeWhole(out frame))
            {
                return false;
            }
        }

        _free -= PageSizes.SmallInLarge;
        Prepare(frame, ref _memory.Info(frame), use, PageSize.Large);
        return true;
    }

    /// <summary>
    /// Keeps frames back so that a later need cannot fail. False if too few are free.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryReserve(ulong frames)
    {
        if (_free - _reserved < frames)
        {
            return false;
        }

        _reserved += frames;
        return true;
    }

    /// <summary>Gives up a reservation or what is left of it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Unreserve(ulong frames)
    {
        Ensure.That(frames <= _reserved, "only what was reserved is given up");
        _reserved -= frames;
    }

    /// <summary>Whether the frame is RAM that the allocator knows, used or free.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsRam(Frame frame) =>
        frame.Number < EndNumber
        && _memory.Group(FrameGroup.Of(frame)).Capacity != 0
        && _memory.Info(frame).State != FrameState.Absent;

    private Frame Take(FrameUse use)
    {
        Frame frame;
        bool recent = _recent.Count != 0;
        if (recent && (_zeroed.Count == 0 || use.Prefers(_memory.Info(_recent.First).Owner)))
        {
            frame = _recent.First;
            _recent.Pop(ref _memory.Info(frame));
        }
        else if (_zeroed.Count != 0)
        {
            frame = _zeroed.First;
            _zeroed.Pop(ref _memory.Info(frame));
        }
        else
        {
            Ensure.That(_pool.TryTake(out frame), "a frame that is counted as free can be found");
        }

        _free--;
        Prepare(frame, ref _memory.Info(frame), use, PageSize.Small);
        return frame;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prepare(Frame frame, ref FrameInfo info, FrameUse use, PageSize size)
    {
        if (use.NeedsZeroing(info.Owner))
        {
            _memory.Zero(frame, size);
        }

        FrameRule.Begin(ref info, use.State);
        info.Owner = use.Owner.Value;
        info.MapsOrLink = 0;
        info.HoldsOrEntries = 0;
        info.Extent = (FrameExtent)size;
    }

    private void GiveBack(Frame frame, ref FrameInfo info)
    {
        if (FrameRule.End(ref info) == Sealing.Sealed)
        {
            info.Owner = FrameOwner.Unknown.Value;
            _memory.Unseal(frame, (PageSize)info.Extent);
        }

        if (info.Extent == FrameExtent.Large)
        {
            GiveBackLarge(frame, ref info);
            return;
        }

        _free++;
        ref FrameStash stash = ref _recent;
        if (info.Owner == FrameOwner.Zeroes.Value)
        {
            stash = ref _zeroed;
        }

        if (!stash.TryPush(frame, ref info))
        {
            _pool.Put(frame, ref info);
        }
    }

    private void GiveBackLarge(Frame frame, ref FrameInfo info)
    {
        info.Extent = FrameExtent.Small;
        if (_memory.Info(frame + 1).Extent == FrameExtent.Part)
        {
            for (ulong i = 1; i < PageSizes.SmallInLarge; i++)
            {
                _memory.Info(frame + i) = default;
            }
        }

        _free += PageSizes.SmallInLarge;
        _pool.PutWhole(frame, FrameOwner.FromRecord(info.Owner));
    }

    private void EmptyStashes()
    {
        Empty(ref _recent);
        Empty(ref _zeroed);
    }

    private void Empty(ref FrameStash stash)
    {
        while (stash.Count != 0)
        {
            Frame frame = stash.First;
            ref FrameInfo info = ref _memory.Info(frame);
            stash.Pop(ref info);
            _pool.Put(frame, ref info);
        }
    }
}
