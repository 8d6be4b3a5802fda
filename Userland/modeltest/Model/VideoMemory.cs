using System;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>
/// The device whose memory is looked at: that of the graphics adapter, as far as nothing of it is
/// on the screen.
/// </summary>
internal static class VideoMemory
{
    /// <summary>How many pages of it are used.</summary>
    internal const ulong Pages = 64;

    private const uint DisplayClass = 3;
    private const int ClassShift = 16;

    // No mode that a boot loader sets has so many pixels.
    private const ulong ShownBytes = 12 << 20;

    /// <summary>The adapter; null if there is none that this program may drive.</summary>
    internal static Device? Device { get; } = Array.Find(
        Userland.Device.List(), one => one.IsDrivable && one.Class >> ClassShift == DisplayClass
            && one.MemoryBytes > ShownBytes + (Pages * Memory.PageBytes));

    /// <summary>The first page that is used.</summary>
    internal static ulong FirstPage => ShownBytes / Memory.PageBytes;
}
