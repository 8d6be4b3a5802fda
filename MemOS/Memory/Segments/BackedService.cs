namespace MemOS.Memory.Segments;

/// <summary>How a backer serves those who use its segment.</summary>
public enum BackedService : byte
{
    /// <summary>It supplies pages, each once; all see what anyone writes there.</summary>
    Pages = 0,

    /// <summary>It supplies pages, each once; what is written becomes the writer's own.</summary>
    PagesToCopy,

    /// <summary>It is told of each load, and answers it, and of each store.</summary>
    Accesses,
}
