namespace MemOS.Abi;

/// <summary>How the maker of a segment will serve it (BACKED_AMS).</summary>
public enum BackingMode : byte
{
    /// <summary>It supplies pages; all see what anyone writes there.</summary>
    Pages = 0,

    /// <summary>It supplies pages; what is written becomes the writer's own.</summary>
    CopyOnWrite = 1,

    /// <summary>It is told of each load, which it answers, and of each store.</summary>
    Accesses = 2,
}
