namespace MemOS.Memory.Accounts;

/// <summary>
/// What objects of the memory manager are charged as kernel memory, in bytes: with all that comes
/// along with one, rounded up.
/// </summary>
public static class ObjectBytes
{
    /// <summary>A page, which page tables are made of.</summary>
    public const ulong Page = 4096;

    /// <summary>A region.</summary>
    public const ulong Region = 128;

    /// <summary>A mapping of a segment.</summary>
    public const ulong Mapping = 192;

    /// <summary>
    /// A segment with its number and its maker's claim, and what is left of a maker that has ended.
    /// </summary>
    public const ulong Segment = 1024;
}
