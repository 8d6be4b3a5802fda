namespace MemOS.Memory.AddressSpaces;

/// <content>The check of the whole tree, for audits: see <see cref="RegionTreeAudit"/>.</content>
internal sealed partial class RegionTree
{
    /// <summary>The region at the lowest addresses; null if there is none.</summary>
    internal Region? First => _root is null ? null : Lowest(_root);

    /// <summary>
    /// The first rule that is broken at a region: in its order and apart from others, within
    /// bounds; links, weights and gaps as they should be.
    /// </summary>
    /// <param name="region">The region.</param>
    /// <param name="floor">Where the one below it ends, or the lowest page.</param>
    internal SpaceRule CheckRegion(Region region, ulong floor)
    {
        if (region.FirstNumber < floor || region.EndNumber <= region.FirstNumber
            || region.EndNumber > bounds.EndNumber)
        {
            return SpaceRule.RegionsApart;
        }

        bool isRight = region.Gap == region.FirstNumber - floor
            && region.SubtreeGap == LongestGap(region) && IsInPlace(region);
        return isRight ? SpaceRule.Sound : SpaceRule.TreeInShape;
    }

    private bool IsInPlace(Region region)
    {
        Region? parent = region.Parent;
        if (parent is null)
        {
            return _root == region;
        }

        return (parent.Left == region || parent.Right == region)
            && parent.Weight >= region.Weight;
    }
}
