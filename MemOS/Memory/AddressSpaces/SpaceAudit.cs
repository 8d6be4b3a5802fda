using System;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Memory.AddressSpaces;

/// <summary>
/// Checks every invariant of a space, in pieces and without memory of its own, and names the first
/// that is broken. It looks at every page of every region; the space must not change between two
/// pieces. Use it together with <see cref="PageTableAudit{TMemory}"/>, which knows frames and
/// tables.
/// </summary>
public sealed class SpaceAudit<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const int MostLevels = 5;
    private const int TableBits = 9;

    // About what a region and a page take, in instructions.
    private const ulong RegionCost = 400;
    private const ulong PageCost = 600;

    // By level, the number just past that of the last table that a region can need.
    private readonly ulong[] _tables = new ulong[MostLevels];

    private AddressSpace<TMemory>? _space;
    private RegionTreeAudit _tree;
    private bool _isTreeDone;
    private Region? _region;
    private ulong _at;
    private RegionTally _met;
    private SpaceTally _all;

    /// <summary>The first rule that is broken.</summary>
    public SpaceRule Finding { get; private set; }

    /// <summary>Begins with a space.</summary>
    public void Begin(AddressSpace<TMemory> space)
    {
        _space = space;
        _tree = new RegionTreeAudit(space.Regions);
        _isTreeDone = false;
        _all = default;
        Array.Clear(_tables);
        Finding = SpaceRule.Sound;
    }

    /// <summary>Goes on as far as the budget allows.</summary>
    /// <returns>Whether it is over: all was checked, or a rule is broken.</returns>
    public bool TryGoOn(ref WorkBudget budget)
    {
        if (_space is not { } space)
        {
            return true;
        }

        if (!TryCheckTree(space, ref budget) || !TryCheckRegions(space, ref budget))
        {
            return false;
        }

        if (Finding == SpaceRule.Sound)
        {
            Finding = space.CheckPromises(_all);
        }

        _space = null;
        _region = null;
        return true;
    }

    private bool TryCheckTree(AddressSpace<TMemory> space, ref WorkBudget budget)
    {
        if (_isTreeDone)
        {
            return true;
        }

        if (!_tree.TryGoOn(ref budget))
        {
            return false;
        }

        _isTreeDone = true;
        Finding = _tree.Finding == SpaceRule.Sound ? space.CheckRecall() : _tree.Finding;
        Enter(space.Regions.First);
        return true;
    }

    private bool TryCheckRegions(AddressSpace<TMemory> space, ref WorkBudget budget)
    {
        while (_region is { } region && Finding == SpaceRule.Sound)
        {
            if (budget.IsSpent)
            {
                return false;
            }

            budget.Spend(PageCost);
            _at = space.Table.NextMapped(_at, region.EndNumber);
            Finding = _at < region.EndNumber ? CheckPage(space, region) : Leave(space, region);
            budget.Spend(_region == region ? 0 : RegionCost);
        }

        return true;
    }

    private SpaceRule CheckPage(AddressSpace<TMemory> space, Region region)
    {
        Page page = Page.Known(_at);
        if (!space.Table.TryTranslate(page, out Translation found))
        {
            return SpaceRule.MappedInRegions;
        }

        _at += found.Size.SmallPages();
        return space.CheckPage(region, page, found, ref _met);
    }

    private SpaceRule Leave(AddressSpace<TMemory> space, Region region)
    {
        SpaceRule rule = space.CheckWhole(region, _met);
        _all.Resident += _met.Resident;
        _all.FramesNeeded += space.FramesNeeded(region);
        _all.FramesTaken += space.FramesTaken(region, _met);
        _all.TablesNeeded += TablesOf(region, space.Table.Width.Levels());
        Enter(RegionTree.Next(region));
        return rule;
    }

    private void Enter(Region? region)
    {
        _region = region;
        _at = region is null ? 0 : region.FirstNumber;
        _met = default;
    }

    // Page tables that a region can need and none below it; the root is not counted.
    private ulong TablesOf(Region region, int levels)
    {
        ulong tables = 0;
        for (int level = 1; level < levels; level++)
        {
            int shift = level * TableBits;
            ulong end = ((region.EndNumber - 1) >> shift) + 1;
            ulong first = Math.Max(region.FirstNumber >> shift, _tables[level]);
            tables += end > first ? end - first : 0;
            _tables[level] = end;
        }

        return tables;
    }
}
