using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.AddressSpaces;

/// <content>New memory.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// Gives the program memory at a random place (MEM_ALLOC). It is there at the first touch,
    /// which can't fail: its frames are promised.
    /// </summary>
    /// <param name="count">How much; not 0.</param>
    /// <param name="rights">What may be done with it.</param>
    /// <param name="zeroFirst">
    /// Whether what this space left in its frames may be seen again; code is always zeroed.
    /// </param>
    /// <param name="kind">What it is for.</param>
    /// <param name="range">Where it is.</param>
    /// <returns>Done, OutOfMemory, OverLimit or NoSpace.</returns>
    public VmStatus Allocate(
        PageCount count, PageRights rights, ZeroFirst zeroFirst, RegionKind kind,
        out PageRange range)
    {
        Ensure.That(count.Value != 0, "a region has pages");
        PageSize alignment = count.Value >= PageSizes.SmallInLarge
            ? PageSize.Large
            : PageSize.Small;
        if (!Placement.TryPlace(_regions, _random, count, alignment, out range, out Spot spot))
        {
            return VmStatus.NoSpace;
        }

        // What was written once must not come back as code (architecture decision D8).
        bool isZeroed = zeroFirst == ZeroFirst.Yes || rights.CanExecute;
        Backing backing = isZeroed ? Backing.DemandZero : Backing.Demand;
        return Add(range, spot, rights, kind, backing);
    }

    /// <summary>
    /// Gives memory to read and write with a page on each side that will never be anything: a
    /// stack that runs over its end meets a fault.
    /// </summary>
    /// <param name="count">How much, without the guards; not 0.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="range">Where it is, without the guards.</param>
    /// <returns>Done, OutOfMemory, OverLimit or NoSpace.</returns>
    public VmStatus AllocateGuarded(PageCount count, RegionKind kind, out PageRange range)
    {
        Ensure.That(count.Value != 0, "a region has pages");
        if (!TryPlaceBetween(count, out range, out PageRange guarded, out Spot spot))
        {
            return VmStatus.NoSpace;
        }

        Region? lower = TakeRegion(
            PageRange.One(guarded.First), PageRights.None, kind, Backing.None);
        Region? inner = TakeRegion(range, PageRights.ReadWrite, kind, Backing.DemandZero);
        Region? upper = TakeRegion(
            PageRange.One(guarded.Last), PageRights.None, kind, Backing.None);
        bool areCharged = lower is not null && inner is not null && upper is not null;
        VmStatus status = areCharged
            ? _promise.Make(count.Value, TablesFor(guarded, spot))
            : VmStatus.OverLimit;
        if (status != VmStatus.Done)
        {
            GiveRegions(lower, inner, upper);
            return status;
        }

        _regions.Insert(lower!, spot);
        _regions.Insert(inner!, spot with { Below = lower });
        _regions.Insert(upper!, spot with { Below = inner });
        return VmStatus.Done;
    }

    private void GiveRegions(params ReadOnlySpan<Region?> regions)
    {
        foreach (Region? region in regions)
        {
            if (region is not null)
            {
                GiveRegion(region);
            }
        }
    }

    // Finds free pages with a free page on each side.
    private bool TryPlaceBetween(
        PageCount count, out PageRange inner, out PageRange all, out Spot spot)
    {
        const ulong Guards = 2;
        inner = default;
        all = default;
        spot = default;
        if (count > _regions.Bounds.Count || !Placement.TryPlace(
            _regions, _random, PageCount.Of(count.Value + Guards), PageSize.Small, out all,
            out spot))
        {
            return false;
        }

        inner = PageRange.Of(all.First + 1, count);
        return true;
    }
}
