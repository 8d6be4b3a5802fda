using MemOS.Abi;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Signals;

namespace MemOS.Segments;

/// <summary>The one place from which processes are told about their segments.</summary>
internal static class SegmentNotices
{
    private const int ModeShift = 8;

    /// <summary>Whether a process can be told of a segment: no, if too much waits.</summary>
    internal static bool CanTell(Process receiver) =>
        receiver.Signals.Table.CanSend(SignalCode.RecvSharedAms);

    /// <summary>RECV_SHARED_AMS to who was given a segment and can be told.</summary>
    internal static void Received(SegmentClaim claim)
    {
        ulong form = (ulong)claim.Form | ((ulong)claim.Mode << ModeShift);
        SignalDelivery.TrySend(claim.Holder, new Signal(
            SignalCode.RecvSharedAms, claim.SharerId.Value, claim.Entry.Id, claim.Command, form));
    }

    /// <summary>
    /// UNSHARED_AMS to one side of a share about the other. Who does not listen for so long that
    /// too much waits misses it.
    /// </summary>
    internal static void Unshared(Process told, SegmentClaim about, UnshareReason reason)
    {
        if (told.Ending is null)
        {
            SignalDelivery.TrySend(told, new Signal(
                SignalCode.UnsharedAms, about.Entry.Id, (ulong)reason, about.Holder.Id.Value));
        }
    }
}
