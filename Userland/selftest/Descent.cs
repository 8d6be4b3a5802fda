using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// A copy of a process has what that one maps, and is given the same segment by a third: what it
/// maps goes with the share of the one that it is a copy of.
/// </summary>
internal static unsafe class Descent
{
    private const ushort Patience = 10_000;

    /// <summary>
    /// Maps the segment to write it, and copies itself; the copy writes for ever.
    /// </summary>
    /// <returns>0 if the copy was ended by a fault.</returns>
    internal static int Copy(SegmentId id)
    {
        ulong* place = (ulong*)Segment.Open(id, Patience).Map().Start.Value;
        // Safe, here and below: the segment has a page.
        ProcessId? copy = Process.Copy();
        while (copy is null)
            Volatile.Write(ref place[1], place[1] + 1);
        Volatile.Write(ref place[0], copy.Value.Value);
        if (Process.TryWait(copy.Value, Patience, out ProcessEnd end))
            return end.Reason == EndReason.Faulted ? 0 : 2;
        Process.Kill(copy.Value);
        return 1;
    }

    /// <summary>Gives the segment to the copy, to read it.</summary>
    internal static int Pass(SegmentId id)
    {
        Segment segment = Segment.Open(id, Patience);
        ulong* place = (ulong*)segment.Map().Start.Value;
        while (Volatile.Read(ref place[1]) == 0 || Volatile.Read(ref place[0]) == 0)
            Clock.Sleep(1);
        return segment.TryShare(new ProcessId(place[0]), SharingMode.Read) == ErrorCode.None
            ? 0
            : 1;
    }
}
