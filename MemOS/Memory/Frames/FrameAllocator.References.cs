using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Frames;

/// <content>Who keeps a frame in use: mappings, counted by the page tables, and holders.</content>
public sealed partial class FrameAllocator<TMemory>
{
    /// <summary>
    /// What a frame is used for; for a part of a large frame, what that is used for.
    /// </summary>
    public FrameState StateOf(Frame frame) => Counted(frame).State;

    /// <summary>How many leaf entries map the frame, or parts of the large frame.</summary>
    public uint MapsOf(Frame frame) => Counted(frame).MapsOrLink;

    /// <summary>How many holders the frame has.</summary>
    public uint HoldsOf(Frame frame) => Counted(frame).HoldsOrEntries;

    /// <summary>
    /// Adds a holder, which keeps the frame in use without a mapping. What is held may be seen by
    /// several address spaces, so it counts as no one's from now on. False at 65,535 holders.
    /// </summary>
    public bool TryHold(Frame frame)
    {
        ref FrameInfo info = ref Counted(frame);
        Ensure.That(FrameRule.IsHoldable(info.State), "only a frame in use is held");
        if (info.HoldsOrEntries == ushort.MaxValue)
        {
            return false;
        }

        info.HoldsOrEntries++;
        info.Owner = FrameOwner.Unknown.Value;
        return true;
    }

    /// <summary>Takes a holder away; the frame is freed if nothing maps or holds it.</summary>
    public void Drop(Frame frame)
    {
        ref FrameInfo info = ref Counted(frame);
        Ensure.That(
            FrameRule.IsHoldable(info.State) && info.HoldsOrEntries != 0, "a holder drops once");
        info.HoldsOrEntries--;
        FreeIfUnused(frame, ref info);
    }

    /// <summary>Frees a frame that was allocated and then neither mapped nor held.</summary>
    public void Discard(Frame frame)
    {
        ref FrameInfo info = ref Counted(frame);
        Ensure.That(
            FrameRule.IsHoldable(info.State) && info.MapsOrLink == 0 && info.HoldsOrEntries == 0,
            "only a frame without mappings and holders is discarded");
        FreeIfUnused(frame, ref info);
    }

    /// <summary>The record that counts for a frame: its own, or that of the large frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref FrameInfo Counted(Frame frame)
    {
        ref FrameInfo info = ref _memory.Info(frame);
        if (info.Extent == FrameExtent.Part)
        {
            return ref _memory.Info(FrameGroup.Of(frame).First);
        }

        return ref info;
    }

    /// <summary>One leaf entry that mapped the frame is gone. Tells whether it was freed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Unmapped(Frame frame)
    {
        ref FrameInfo info = ref Counted(frame);
        Ensure.That(info.MapsOrLink != 0, "a mapping goes away once");
        info.MapsOrLink--;
        return FreeIfUnused(frame, ref info);
    }

    /// <summary>
    /// One leaf entry for a large frame became 512 for its parts. A frame that nothing else maps
    /// or holds falls apart, so that its parts can be freed one by one; another one stays whole
    /// until its last part is gone.
    /// </summary>
    internal void MappingSplit(Frame large)
    {
        ref FrameInfo info = ref _memory.Info(large);
        Ensure.That(info.Extent == FrameExtent.Large, "only a large frame is mapped as one");
        bool alone = info.MapsOrLink == 1 && info.HoldsOrEntries == 0;
        if (alone)
        {
            info.Extent = FrameExtent.Small;
        }
        else
        {
            info.MapsOrLink += PageSizes.SmallInLarge - 1;
        }

        FrameInfo part = alone ? info : new FrameInfo { Extent = FrameExtent.Part };
        for (ulong i = 1; i < PageSizes.SmallInLarge; i++)
        {
            _memory.Info(large + i) = part;
        }
    }

    /// <summary>
    /// Makes small frames of a large one, each with a holder as it had. Nothing maps it as one, and
    /// who maps parts counts them by <see cref="Mapped"/> next.
    /// </summary>
    internal void Break(Frame large)
    {
        ref FrameInfo info = ref _memory.Info(large);
        Ensure.That(
            info.Extent == FrameExtent.Large && info.HoldsOrEntries == 1,
            "a large frame is broken that one holds");
        info.Extent = FrameExtent.Small;
        info.MapsOrLink = 0;
        FrameInfo part = info;
        for (ulong i = 1; i < PageSizes.SmallInLarge; i++)
        {
            _memory.Info(large + i) = part;
        }
    }

    /// <summary>One leaf entry more maps the frame.</summary>
    internal void Mapped(Frame frame)
    {
        ref FrameInfo info = ref Counted(frame);
        info.MapsOrLink++;
        Ensure.That(info.MapsOrLink != 0, "the mappings of a frame can be counted");
    }

    /// <summary>
    /// Prepares a large frame for mappings of its parts as small pages, which its record counts
    /// with those of the whole.
    /// </summary>
    internal void ShareParts(Frame part)
    {
        Frame large = FrameGroup.Of(part).First;
        Ensure.That(
            _memory.Info(large).Extent == FrameExtent.Large, "only a large frame has parts");
        if (_memory.Info(large + 1).Extent == FrameExtent.Part)
        {
            return;
        }

        for (ulong i = 1; i < PageSizes.SmallInLarge; i++)
        {
            _memory.Info(large + i) = new FrameInfo { Extent = FrameExtent.Part };
        }
    }

    /// <summary>
    /// Hands out a frame for a page table: all zero, and so it is when it is given back.
    /// </summary>
    internal bool TryAllocateTable(out Frame table)
    {
        if (_zeroed.Count == 0 || _free <= _reserved)
        {
            return TryAllocate(FrameUse.PageTable, out table);
        }

        table = _zeroed.First;
        ref FrameInfo info = ref _memory.Info(table);
        _zeroed.Pop(ref info);
        _free--;
        FrameRule.Begin(ref info, FrameState.PageTable);
        info.MapsOrLink = 0;
        info.HoldsOrEntries = 0;
        return true;
    }

    /// <summary>A page table that is empty again goes back.</summary>
    internal void FreeTable(Frame table)
    {
        ref FrameInfo info = ref _memory.Info(table);
        Ensure.That(
            info.State == FrameState.PageTable && info.HoldsOrEntries == 0,
            "only an empty page table is freed");
        FrameRule.End(ref info);
        _free++;
        if (!_zeroed.TryPush(table, ref info))
        {
            _pool.Put(table, ref info);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool FreeIfUnused(Frame frame, ref FrameInfo info)
    {
        if (info.MapsOrLink != 0 || info.HoldsOrEntries != 0)
        {
            return false;
        }

        bool large = info.Extent == FrameExtent.Large;
        GiveBack(large ? FrameGroup.Of(frame).First : frame, ref info);
        return true;
    }
}
