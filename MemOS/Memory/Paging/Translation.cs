using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <summary>What the page tables say about one 4 KB page.</summary>
public readonly struct Translation
{
    internal Translation(Frame frame, PageSize size, PageTableEntry entry)
    {
        Frame = frame;
        Size = size;
        Rights = entry.Rights;
        Cache = entry.Cache;
        IsCounted = entry.IsCounted;
        IsOwn = entry.IsOwn;
    }

    /// <summary>The small frame behind the page, also within a large page.</summary>
    public Frame Frame { get; }

    /// <summary>The size of the mapping that the page is part of.</summary>
    public PageSize Size { get; }

    /// <summary>What may be done to it now; a write may be possible after a fault.</summary>
    public PageRights Rights { get; }

    /// <summary>How it is cached.</summary>
    public CacheKind Cache { get; }

    /// <summary>Whether it is RAM whose mappings are counted, not a device's.</summary>
    public bool IsCounted { get; }

    /// <summary>Whether it is the space's own: see <see cref="PageClaim"/>.</summary>
    public bool IsOwn { get; }
}
