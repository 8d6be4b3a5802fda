using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>The process that made a segment, and serves it for good.</summary>
internal sealed class ServingProcess(Process process) : Backer
{
    /// <summary>Who it is; it may have ended.</summary>
    internal Process Process { get; } = process;

    /// <summary>The segment's number.</summary>
    internal ulong Segment { get; set; }
}
