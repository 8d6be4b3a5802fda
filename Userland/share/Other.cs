using System.Diagnostics;
using MemOS.Userland;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Share;

/// <summary>What the parts have in common.</summary>
internal static class Other
{
    /// <summary>Longest wait for the other side to share.</summary>
    internal const uint Patience = 10_000;

    /// <summary>Starts the other side, which is told the segment's number.</summary>
    internal static ProcessId Start(string part, Segment segment) =>
        Process.Spawn("share", part, segment.Id.ToString());

    /// <summary>Bytes of memory that all programs use.</summary>
    internal static ulong MemoryInUse => Machine.Memory.Programs;

    /// <summary>The time since a stamp, in whole milliseconds.</summary>
    internal static string Since(long stamp) =>
        Sizes.Grouped((ulong)Stopwatch.GetElapsedTime(stamp).TotalMilliseconds);
}
