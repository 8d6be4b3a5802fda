using Cosmos.Core.Boot.Multiboot2;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Mapping;

/// <summary>The kernel's own view of devices' memory: never executable, never RAM.</summary>
internal static unsafe class DeviceWindow
{
    /// <summary>Maps a device at a random place; null when there is no memory for tables.</summary>
    internal static byte* TryMap(KernelMemory memory, PhysicalRange range, CacheKind cache)
    {
        FrameRange frames = RamMap.Outer(range);
        PageRange pages = KernelLayout.Place(
            memory.Random, KernelLayout.Devices, PageCount.Of(frames.Count), PageSize.Small);
        MapStatus status =
            memory.Table.TryMapUncounted(pages, frames.First, PageRights.ReadWrite, cache);
        ulong offset = range.Start - frames.First.Start.Value;
        return status == MapStatus.Mapped ? (byte*)(pages.First.Start.Value + offset) : null;
    }
}
