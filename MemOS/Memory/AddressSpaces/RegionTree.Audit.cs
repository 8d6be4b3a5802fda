namespace MemOS.Memory.AddressSpaces;

/// <content>The check of the whole tree, for audits.</content>
internal sealed partial class RegionTree
{
    /// <summary>
    /// The first rule that is broken: regions in their order and apart, within bounds; links,
    /// weights, gaps and the count as they should be.
    /// </summary>
    public SpaceRule Check()
    {
        int count = 0;
        ulong floor = bounds.First.Number;
        Region? at = _root is null ? null : Lowest(_root);
        while (at is not null)
        {
            if (at.FirstNumber < floor || at.EndNumber <= at.FirstNumber
                || at.EndNumber > bounds.EndNumber)
            {
                return SpaceRule.RegionsApart;
            }

            if (at.Gap != at.FirstNumber - floor || at.SubtreeGap != LongestGap(at)
                || !IsInPlace(at))
            {
                return SpaceRule.TreeInShape;
            }

            floor = at.EndNumber;
            at = Next(at);
            count++;
        }

        return count == Count ? SpaceRule.Sound : SpaceRule.TreeInShape;
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
