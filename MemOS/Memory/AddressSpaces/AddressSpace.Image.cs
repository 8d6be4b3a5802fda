using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Paging;

namespace MemOS.Memory.AddressSpaces;

/// <content>A program's file in memory: parts with a fixed distance to one another.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Chooses a random place for a whole image, with a free page on each side. Its parts are
    /// added by the two methods below, before anything else is.
    /// </summary>
    /// <returns>Done or NoSpace.</returns>
    public VmStatus PlaceImage(PageCount count, out PageRange range) =>
        TryPlaceBetween(count, out range, out _, out _) ? VmStatus.Done : VmStatus.NoSpace;

    /// <summary>
    /// Maps frames that are held elsewhere, such as code that several processes run.
    /// </summary>
    /// <param name="range">Where; free, as long as there are frames, not empty.</param>
    /// <param name="frames">The frames in their order.</param>
    /// <param name="rights">What the program may do there.</param>
    /// <param name="kind">What it is for.</param>
    /// <returns>Done, OutOfMemory, or Refused by the frame rule.</returns>
    public VmStatus MapShared(
        PageRange range, ReadOnlySpan<Frame> frames, PageRights rights, RegionKind kind)
    {
        Ensure.That((ulong)frames.Length == range.Count.Value, "every page has its frame");
        Spot spot = SpotOf(range);
        VmStatus status = Add(range, spot, rights, kind, Backing.Shared);
        if (status != VmStatus.Done)
        {
            return status;
        }

        _promise.Open();
        int mapped = MapInOrder(range, frames, rights);
        if (mapped != frames.Length)
        {
            Table.Unmap(range);
            bool isFound = _regions.TryFind(range.First, out Region? region);
            Ensure.That(isFound && region!.Range == range, "a region ends that was added");
            _regions.Remove(region);
            GiveRegion(region);
            _promise.End(0, TablesFor(range, spot));
        }

        _promise.Close();
        return mapped == frames.Length ? VmStatus.Done : VmStatus.Refused;
    }

    /// <summary>Gives zeroed memory of the program's own at a place in an image.</summary>
    /// <param name="range">Where; free, not empty.</param>
    /// <param name="rights">What the program may do there.</param>
    /// <param name="kind">What it is for.</param>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    public VmStatus AllocateAt(PageRange range, PageRights rights, RegionKind kind) =>
        Add(range, SpotOf(range), rights, kind, Backing.DemandZero);

    /// <summary>
    /// Gives memory of the program's own at a place in an image, filled page by page at the first
    /// touch.
    /// </summary>
    /// <param name="range">Where; free, not empty.</param>
    /// <param name="rights">What the program may do there; not execute.</param>
    /// <param name="kind">What it is for; not an allocation.</param>
    /// <param name="origin">What fills it.</param>
    /// <returns>Done, OutOfMemory or OverLimit.</returns>
    public VmStatus AllocateAt(
        PageRange range, PageRights rights, RegionKind kind, PageOrigin origin)
    {
        Ensure.That(!rights.CanExecute, "code is not made at a touch");
        return Add(range, SpotOf(range), rights, kind, Backing.DemandFilled, origin);
    }

    private Spot SpotOf(PageRange range)
    {
        bool isFree = _regions.IsFree(range, out Spot spot);
        Ensure.That(
            isFree && !range.IsEmpty && _regions.Bounds.Contains(range),
            "a part of an image lies where nothing is");
        return spot;
    }

    // Tells how many frames the frame rule let through.
    private int MapInOrder(PageRange range, ReadOnlySpan<Frame> frames, PageRights rights)
    {
        int done = 0;
        while (done < frames.Length)
        {
            Page page = range.First + (ulong)done;
            bool isOpen = Table.TryOpen(page, PageSize.Small, out LeafTable<TMemory> leaves);
            Ensure.That(isOpen, TablesArePromised);
            int end = (int)Math.Min(
                leaves.Neighbourhood.EndNumber - range.First.Number, (ulong)frames.Length);
            int mapped = MapInTable(leaves, range.First, frames[..end], done, rights);
            leaves.Close();
            if (mapped != end)
            {
                return mapped;
            }

            done = end;
        }

        return done;
    }

    private static int MapInTable(
        in LeafTable<TMemory> leaves, Page first, ReadOnlySpan<Frame> frames, int done,
        PageRights rights)
    {
        for (int i = done; i < frames.Length; i++)
        {
            MapStatus status = leaves.TryMap(first + (ulong)i, frames[i], rights);
            if (status == MapStatus.Refused)
            {
                return i;
            }

            Ensure.That(status == MapStatus.Mapped, "the pages of a new region are free");
        }

        return frames.Length;
    }
}
