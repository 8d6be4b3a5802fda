using MemOS.Memory.Addresses;

namespace MemOS.Memory.AddressSpaces;

/// <summary>What the pages of a region hold when they are touched for the first time.</summary>
public abstract class PageOrigin
{
    /// <summary>
    /// Writes a page's frame to its last byte, as another's data may still be in it. It cannot
    /// fail, takes no frames and allocates no managed memory.
    /// </summary>
    /// <param name="page">A page of the region.</param>
    /// <param name="frame">Its frame, which nothing maps yet.</param>
    public abstract void Fill(Page page, Frame frame);
}
