namespace MemOS.Memory.AddressSpaces;

/// <summary>Checks all regions of a tree, in pieces; it does not change meanwhile.</summary>
internal struct RegionTreeAudit
{
    // About what a region takes, in instructions.
    private const ulong RegionCost = 200;

    private readonly RegionTree _tree;
    private Region? _next;
    private ulong _floor;
    private int _count;

    internal RegionTreeAudit(RegionTree tree)
    {
        _tree = tree;
        _next = tree.First;
        _floor = tree.Bounds.First.Number;
    }

    /// <summary>The first rule that is broken.</summary>
    internal SpaceRule Finding { get; private set; }

    /// <summary>Goes on as far as the budget allows.</summary>
    /// <returns>Whether it is over: all was checked, or a rule is broken.</returns>
    internal bool TryGoOn(ref WorkBudget budget)
    {
        while (_next is { } region)
        {
            if (budget.IsSpent)
            {
                return false;
            }

            Finding = _tree.CheckRegion(region, _floor);
            if (Finding != SpaceRule.Sound)
            {
                return true;
            }

            _floor = region.EndNumber;
            _next = RegionTree.Next(region);
            _count++;
            budget.Spend(RegionCost);
        }

        Finding = _count == _tree.Count ? SpaceRule.Sound : SpaceRule.TreeInShape;
        return true;
    }
}
