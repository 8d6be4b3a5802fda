namespace MemOS.Memory.Paging;

/// <summary>
/// How the processor caches a page (Intel SDM volume 3, 12.12: the PAT entry of this number).
/// Entries 0 and 3 are as after reset; the kernel sets entry 1 to write combining.
/// </summary>
public enum CacheKind : byte
{
    /// <summary>Ordinary memory.</summary>
    WriteBack = 0,

    /// <summary>Stores are gathered, loads are not cached: a framebuffer.</summary>
    WriteCombining = 1,

    /// <summary>Each load and store goes to the device.</summary>
    Uncached = 3,
}
