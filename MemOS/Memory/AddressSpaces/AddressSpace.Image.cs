using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
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
    public VmStatus PlaceImage(PageCount count, out PageRange range)
    {
        PageCount all = PageCount.Of(count.Value + 2);
        bool isPlaced = Placement.TryPlace(
            _regions, _random, _bounds, all, PageSize.Small, out PageRange place);
        range = isPlaced ? PageRange.Of(place.First + 1, count) : default;
        return isPlaced ? VmStatus.Done : VmStatus.NoSpace;
    }

    /// <summary>
    /// Maps frames that are held elsewhere, such as code that several processes run.
    /// </summary>
    /// <param name="range">Where; free, as long as there are frames.</param>
    /// <param name="frames">The frames in their order.</param>
    /// <param name="rights">What the program may do there.</param>
    /// <param name="kind">What it is for.</param>
    /// <returns>Done, OutOfMemory, or Refused by the frame rule.</returns>
    public VmStatus MapShared(
        PageRange range, ReadOnlySpan<Frame> frames, PageRights rights, RegionKind kind)
    {
        Ensure.That((ulong)frames.Length == range.Count.Value, "every page has its frame");
        VmStatus status = Add(range, rights, kind, Backing.Shared);
        if (status != VmStatus.Done)
        {
            return status;
        }

        _promise.Open();
        MapStatus mapped = MapStatus.Mapped;
        for (int i = 0; i < frames.Length && mapped == MapStatus.Mapped; i++)
        {
            mapped = Table.TryMap(range.First + (ulong)i, PageSize.Small, frames[i], rights);
        }

        if (mapped != MapStatus.Mapped)
        {
            Table.Unmap(range);
        }

        _promise.Close();
        if (mapped == MapStatus.Mapped)
        {
            return VmStatus.Done;
        }

        Drop(range);
        return mapped == MapStatus.Refused ? VmStatus.Refused : VmStatus.OutOfMemory;
    }

    /// <summary>Gives zeroed memory of the program's own at a place in an image.</summary>
    /// <returns>Done or OutOfMemory.</returns>
    public VmStatus AllocateAt(PageRange range, PageRights rights, RegionKind kind) =>
        Add(range, rights, kind, Backing.DemandZero);

    private void Drop(PageRange range)
    {
        bool isFound = _regions.TryFind(range.First, out Region? region);
        Ensure.That(isFound && region!.Range == range, "a region is dropped that was added");
        _regions.Remove(region);
        _promise.End(0, TablesFor(range));
    }
}
