using System.Diagnostics;
using MemOS.Userland;
using MemOS.Userland.Text;

namespace MemOS.Share;

/// <summary>What the parts have in common.</summary>
internal static class Other
{
    /// <summary>In the other side: the segment that it was started for.</summary>
    internal static Segment Receive()
    {
        SegmentInbox.Open();
        return SegmentInbox.Take()!;
    }

    /// <summary>Bytes of memory that all programs use.</summary>
    internal static ulong MemoryInUse => Machine.Memory.Programs;

    /// <summary>The time since a stamp, in whole milliseconds.</summary>
    internal static string Since(long stamp) =>
        Sizes.Grouped((ulong)Stopwatch.GetElapsedTime(stamp).TotalMilliseconds);
}
