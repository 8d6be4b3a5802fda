using MemOS.Abi;
using MemOS.Processes;

namespace MemOS.Segments;

/// <summary>
/// The one place from which processes are told about their segments. There are no signals yet, so
/// nobody is told so far.
/// </summary>
internal static class SegmentNotices
{
    /// <summary>RECV_SHARED_AMS to who was given a segment.</summary>
    internal static void Received(SegmentClaim claim)
    {
    }

    /// <summary>UNSHARED_AMS to one side of a share about the other.</summary>
    internal static void Unshared(Process told, SegmentClaim about, UnshareReason reason)
    {
    }
}
