using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Devices;

/// <summary>A window of a device's memory that programs can map: whole pages, no RAM.</summary>
/// <param name="Frames">Where it is.</param>
/// <param name="Cache">How the processor must treat it.</param>
internal readonly record struct DeviceMemory(FrameRange Frames, CacheKind Cache);
