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
    /// <param name="zeroFirst">Whether what this space left in its frames may be seen again.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="range">Where it is.</param>
    /// <returns>Done, OutOfMemory or NoSpace.</returns>
    public VmStatus Allocate(
        PageCount count, PageRights rights, ZeroFirst zeroFirst, RegionKind kind,
        out PageRange range)
    {
        Ensure.That(count.Value != 0, "a region has pages");
        PageSize alignment = count.Value >= PageSizes.SmallInLarge
            ? PageSize.Large
            : PageSize.Small;
        if (!Placement.TryPlace(_regions, _random, _bounds, count, alignment, out range))
        {
            return VmStatus.NoSpace;
        }

        Backing backing = zeroFirst == ZeroFirst.Yes ? Backing.DemandZero : Backing.Demand;
        return Add(range, rights, kind, backing);
    }

    /// <summary>
    /// Gives memory to read and write with a page on each side that will never be anything: a
    /// stack that runs over its end meets a fault.
    /// </summary>
    /// <param name="count">How much, without the guards; not 0.</param>
    /// <param name="kind">What it is for.</param>
    /// <param name="range">Where it is, without the guards.</param>
    /// <returns>Done, OutOfMemory or NoSpace.</returns>
    public VmStatus AllocateGuarded(PageCount count, RegionKind kind, out PageRange range)
    {
        range = default;
        PageCount all = PageCount.Of(count.Value + 2);
        if (!Placement.TryPlace(
            _regions, _random, _bounds, all, PageSize.Small, out PageRange place))
        {
            return VmStatus.NoSpace;
        }

        range = PageRange.Of(place.First + 1, count);
        VmStatus status = Add(range, PageRights.ReadWrite, kind, Backing.DemandZero);
        if (status != VmStatus.Done)
        {
            return status;
        }

        // A guard needs no frames, so it can't fail.
        Add(PageRange.One(place.First), PageRights.None, kind, Backing.None);
        Add(PageRange.One(place.Last), PageRights.None, kind, Backing.None);
        return VmStatus.Done;
    }
}
