using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.AddressSpaces;

/// <content>What is charged for regions, before they are made.</content>
public sealed partial class AddressSpace<TMemory>
{
    /// <summary>
    /// What the regions are charged that the space, with all of its family, keeps for later.
    /// </summary>
    public ulong PooledBytes => _pool.Bytes;

    /// <summary>
    /// Adds what is charged for what the space has, but for what its family has together: for
    /// audits.
    /// </summary>
    public void AddCharges(ref ResourceAmounts charges)
    {
        const ulong Root = 1;
        bool isWhole = _original is null;
        ulong regions = (ulong)(isWhole ? _regions.Count : _regionsToBe);
        ulong mappings = (ulong)(isWhole ? _mappings : _mappingsToBe);
        charges[Resource.CommittedBytes] +=
            (_promise.Pages + _promise.Ahead) * ObjectBytes.Page;
        charges[Resource.KernelBytes] += ((Root + _promise.Tables) * ObjectBytes.Page)
            + ((regions - mappings) * ObjectBytes.Region) + (mappings * ObjectBytes.Mapping);
        charges[Resource.Regions] += regions;
    }

    // A region; null if it cannot be charged.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Region? TakeRegion(
        PageRange range, PageRights rights, RegionKind kind, Backing backing,
        PageOrigin? origin = null)
    {
        if (!Purse.TryTake(Resource.Regions, 1))
        {
            return null;
        }

        Region? region = _pool.Take(Purse, range, rights, kind, backing, origin);
        if (region is null)
        {
            Purse.Return(Resource.Regions, 1);
        }

        return region;
    }

    // Takes back a region that is in no tree.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void GiveRegion(Region region)
    {
        _pool.Return(Purse, region);
        Purse.Return(Resource.Regions, 1);
    }

    private bool TryChargeMapping() => TryChargeMappings(1);

    private bool TryChargeMappings(ulong count)
    {
        if (!Purse.TryTake(Resource.Regions, count))
        {
            return false;
        }

        if (Purse.TryTake(Resource.KernelBytes, count * ObjectBytes.Mapping))
        {
            return true;
        }

        Purse.Return(Resource.Regions, count);
        return false;
    }

    private void ReturnMapping()
    {
        Purse.Return(Resource.KernelBytes, ObjectBytes.Mapping);
        Purse.Return(Resource.Regions, 1);
    }

    // As much as a space has, for its copy.
    private bool TryChargeCopy(Purse purse)
    {
        ulong mappings = (ulong)_mappings;
        ulong regions = (ulong)_regions.Count - mappings;
        ulong bytes = ObjectBytes.Page + (regions * ObjectBytes.Region)
            + (mappings * ObjectBytes.Mapping);
        if (!_promise.TryChargeCopy(purse))
        {
            return false;
        }

        if (purse.TryTake(Resource.KernelBytes, bytes))
        {
            if (purse.TryTake(Resource.Regions, regions + mappings))
            {
                return true;
            }

            purse.Return(Resource.KernelBytes, bytes);
        }

        _promise.ReturnCopy(purse);
        return false;
    }

    private void ReturnCopy(Purse purse)
    {
        ulong mappings = (ulong)_mappings;
        ulong regions = (ulong)_regions.Count - mappings;
        purse.Return(Resource.KernelBytes, ObjectBytes.Page);
        ReturnRegions(purse, regions, mappings);
        _promise.ReturnCopy(purse);
    }

    // Regions that are no mappings, and mappings.
    private static void ReturnRegions(Purse purse, ulong regions, ulong mappings)
    {
        purse.Return(Resource.KernelBytes,
            (regions * ObjectBytes.Region) + (mappings * ObjectBytes.Mapping));
        purse.Return(Resource.Regions, regions + mappings);
    }
}
