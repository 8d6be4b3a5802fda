using MemOS.Abi;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Signals;

namespace MemOS.Segments;

/// <summary>The one place from which processes are told about their segments.</summary>
internal static class SegmentNotices
{
    private const int ModeShift = 8;

    /// <summary>
    /// Whether a process takes segments from another. What it is given stays as long as it does,
    /// so it has to ask for that by a handler, unless the giver is in its job or in one above.
    /// </summary>
    internal static bool IsOpenTo(Process giver, Process receiver) =>
        SenderTo(receiver, giver) == SignalSender.Inside
            || receiver.Signals.Table.TryGetHandler(SignalCode.RecvSharedAms, out _);

    /// <summary>Whether a process can be told of a segment: no, if too much waits.</summary>
    internal static bool CanTell(Process giver, Process receiver) =>
        receiver.Signals.Table.CanSend(SignalCode.RecvSharedAms, SenderTo(receiver, giver));

    /// <summary>RECV_SHARED_AMS to who was given a segment and can be told.</summary>
    internal static void Received(Process giver, SegmentClaim claim)
    {
        ulong form = (ulong)claim.Form | ((ulong)claim.Mode << ModeShift);
        Signal signal = new(
            SignalCode.RecvSharedAms, claim.SharerId.Value, claim.Entry.Id, claim.Command, form);
        SignalDelivery.TrySend(claim.Holder, signal, SenderTo(claim.Holder, giver));
    }

    /// <summary>
    /// UNSHARED_AMS to one side of a share about the other. Who does not listen for so long that
    /// too much waits misses it.
    /// </summary>
    /// <param name="by">Who ends the share; null if that one is not known any more.</param>
    /// <param name="told">Who is told.</param>
    /// <param name="about">The claim that ends.</param>
    /// <param name="reason">Why.</param>
    internal static void Unshared(
        Process? by, Process told, SegmentClaim about, UnshareReason reason)
    {
        if (told.Ending is not null)
            return;
        Signal signal = new(
            SignalCode.UnsharedAms, about.Entry.Id, (ulong)reason, about.Holder.Id.Value);
        SignalDelivery.TrySend(told, signal, SenderTo(told, by));
    }

    private static SignalSender SenderTo(Process told, Process? by) =>
        by is not null && told.Job.IsWithin(by.Job) ? SignalSender.Inside : SignalSender.Outside;
}
