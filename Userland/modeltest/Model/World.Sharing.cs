using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Tests.Model;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Modeltest.Model;

/// <summary>What SHARE_AMS is asked for.</summary>
internal readonly record struct ShareWish(ushort Command, ShareNotice Notice, SharingMode Mode)
{
    private const SharingMode Mutual = SharingMode.Read | SharingMode.Write
        | SharingMode.Execute | SharingMode.CopyOnWrite;

    internal bool IsExclusive => Mode.HasFlag(SharingMode.Exclusive);

    internal bool Copies => Mode.HasFlag(SharingMode.CopyOnWrite) || IsMadeToCopy;

    /// <summary>Whether the segment is one that is written by copies alone.</summary>
    internal bool IsMadeToCopy { get; init; }

    /// <summary>The rights that the receiver gets; write brings read with it.</summary>
    internal MemoryRights Rights =>
        (Mode.HasFlag(SharingMode.Write) ? MemoryRights.ReadWrite : MemoryRights.None)
        | (Mode.HasFlag(SharingMode.Read) ? MemoryRights.Read : MemoryRights.None)
        | (Mode.HasFlag(SharingMode.Execute) ? MemoryRights.Execute : MemoryRights.None);

    internal Roads Roads =>
        Mode.HasFlag(SharingMode.Execute) ? Roads.Execute
        : !Mode.HasFlag(SharingMode.Write) ? Roads.Read
        : Copies ? Roads.Copy : Roads.Write;

    /// <summary>Whether it can be asked for at all.</summary>
    internal ErrorCode Judge()
    {
        if (Notice > ShareNotice.None)
            return ErrorCode.BadNotice;
        if ((Mode & ~(Mutual | SharingMode.Exclusive)) != 0)
            return ErrorCode.BadMode;
        if (IsExclusive)
        {
            return (Mode & ~(SharingMode.Exclusive | SharingMode.Unmap)) == 0
                ? ErrorCode.None
                : ErrorCode.NeedlessRights;
        }
        bool isCode = Mode.HasFlag(SharingMode.Execute);
        return (Mode & Mutual & ~SharingMode.CopyOnWrite) == 0 ? ErrorCode.NoRights
            : isCode && (Mode.HasFlag(SharingMode.Write) || Copies) ? ErrorCode.BadMode
            : ErrorCode.None;
    }
}

/// <content>SHARE_AMS, UNSHARE_AMS, AMS_SHARING_INFO.</content>
internal sealed partial class World
{
    private const int ModeShift = 8;
    private const int InfoModeShift = 16;

    /// <param name="process">Who shares.</param>
    /// <param name="id">What; perhaps nothing that there is.</param>
    /// <param name="to">With whom; null for a process that there is not.</param>
    /// <param name="wish">How.</param>
    internal void Share(ModelProcess process, ulong id, ModelProcess? to, ShareWish wish)
    {
        process.Peer.Begin(SyscallCode.ShareAms).Put(to?.Id.Value ?? ulong.MaxValue).Put(id)
            .Put(wish.Command, sizeof(ushort)).Put((ulong)wish.Notice, sizeof(ShareNotice))
            .Put((ulong)wish.Mode, sizeof(SharingMode));
        ModelClaim? from = Usable(process, id);
        wish = wish with
        {
            IsMadeToCopy = from is { Segment.CopiesWrites: true }
                && (wish.Mode & (SharingMode.Write | SharingMode.Exclusive)) == SharingMode.Write,
        };
        ErrorCode expected = wish.Judge();
        if (expected == ErrorCode.None)
            expected = JudgeShare(from, to, wish);
        if (Expect(process, $"SHARE_AMS of {id:X} to {to?.Id}, {wish}", expected) != ErrorCode.None)
            return;
        if (wish.IsExclusive)
            HandOver(from!, to!, wish);
        else
            AddClaim(Receive(from!, to!, wish));
        ulong form = wish.IsExclusive ? (ulong)ShareForm.Exclusive : (ulong)ShareForm.Mutual;
        if (wish.Notice == ShareNotice.Signal)
        {
            to!.Signals.Send(new Signal(SignalCode.RecvSharedAms, process.Id.Value, id,
                wish.Command, form | ((ulong)wish.Mode << ModeShift)));
        }
    }

    /// <param name="process">Who takes back, or gives up.</param>
    /// <param name="id">What.</param>
    /// <param name="with">From whom; null for all.</param>
    internal void Unshare(ModelProcess process, ulong id, ModelProcess? with)
    {
        process.Peer.Begin(SyscallCode.UnshareAms).Put(id).Put(with?.Id.Value ?? 0);
        ModelClaim? claim = process.Known(id);
        List<ModelClaim> ending = claim is null ? [] : claim.Segment.Claims.FindAll(
            c => c.Role == ClaimRole.Receiver && (with is null || c.Holder == with)
                && (c.Sharer == process || claim.Role == ClaimRole.Owner));
        ErrorCode expected = claim is null ? ErrorCode.UnknownSegment
            : !claim.IsUsable ? ErrorCode.HandedOver
            : with == process || ending.Count != 0 ? ErrorCode.None : ErrorCode.NotShared;
        if (Expect(process, $"UNSHARE_AMS of {id:X} with {with?.Id}", expected) != ErrorCode.None)
            return;
        if (with == process)
            Leave(claim!, UnshareReason.Syscall);
        else
            ending.ForEach(TakeBack);
    }

    internal static void Tell(ModelProcess process, ulong id)
    {
        process.Peer.Begin(SyscallCode.AmsSharingInfo).Put(id);
        ModelClaim? claim = process.Known(id);
        Expect(process, $"AMS_SHARING_INFO of {id:X}",
            claim is null ? ErrorCode.UnknownSegment : ErrorCode.None);
        if (claim is null)
            return;
        ModelClaim told = claim;
        ProcessId sharer = claim.SharerId;
        ProcessId receiver = process.Id;
        if (claim.Role == ClaimRole.Giver)
        {
            receiver = claim.Segment.Owner?.Holder.Id ?? default;
        }
        else if (sharer == default)
        {
            sharer = process.Id;
            ModelClaim? given = claim.Segment.Claims.FindLast(
                c => c.Role == ClaimRole.Receiver && c.Sharer == process);
            told = given ?? claim;
            receiver = given?.Holder.Id ?? default;
        }
        ulong start = claim.Segment.Mappings.FindLast(m => m.Process == process)
            .Region?.First * Page ?? 0;
        SyscallResult result = process.Peer.Result;
        Check.Equal($"AMS_SHARING_INFO of {id:X}",
            (sharer.Value, receiver.Value, (ulong)told.Form, start, claim.Segment.Pages * Page,
                told.Command | ((ulong)told.Mode << InfoModeShift)),
            (result.Value0, result.Value1, result.Value2, result.Value3, result.Value4,
                result.Value5));
    }

    private static ModelClaim? Usable(ModelProcess process, ulong id) =>
        process.Known(id) is { IsUsable: true } claim ? claim : null;

    private static ErrorCode JudgeShare(ModelClaim? from, ModelProcess? to, ShareWish wish)
    {
        if (from is null)
            return ErrorCode.UnknownSegment;
        if (to is null)
            return ErrorCode.NoReceiver;
        ModelSegment segment = from.Segment;
        if (wish.IsExclusive)
        {
            bool isFree = wish.Mode.HasFlag(SharingMode.Unmap) || segment.Mappings.Count == 0;
            bool isAlone = from.Role == ClaimRole.Owner && segment.IsOfPages
                && !segment.IsHandedOver
                && !segment.IsShared;
            if (!isFree || !isAlone)
                return ErrorCode.NotExclusive;
        }
        else if (Usable(to, segment.Id) is not null)
        {
            return ErrorCode.AlreadyShared;
        }
        else if (!from.Allows(wish.Rights, wish.Copies))
        {
            return ErrorCode.NotPermitted;
        }
        if (wish.Notice == ShareNotice.Signal && !to.Signals.HasRoom)
            return ErrorCode.NoMemory;
        return wish.IsExclusive || segment.MayShare(wish.Roads)
            ? ErrorCode.None
            : ErrorCode.NotPermitted;
    }

    private static ModelClaim Receive(ModelClaim from, ModelProcess to, ShareWish wish) =>
        new(from.Segment, to, ClaimRole.Receiver)
        {
            Rights = wish.Rights,
            Copies = wish.Copies,
            Sharer = from.Holder,
            SharerId = from.Holder.Id,
            Command = wish.Command,
            Mode = wish.Mode,
        };

    private static void HandOver(ModelClaim from, ModelProcess to, ShareWish wish)
    {
        ModelSegment segment = from.Segment;
        UnmapAll(from.Holder, segment);
        segment.IsHandedOver = true;
        Remove(from);
        AddClaim(Exclusive(ClaimRole.Owner, to));
        if (to != from.Holder)
            AddClaim(Exclusive(ClaimRole.Giver, from.Holder));
        ModelClaim Exclusive(ClaimRole role, ModelProcess holder) => new(segment, holder, role)
        {
            SharerId = from.Holder.Id,
            Command = wish.Command,
            Mode = wish.Mode,
        };
    }

    // It takes the place of what its holder was left as a giver or an heir.
    private static void AddClaim(ModelClaim claim)
    {
        if (claim.Holder.Claims.TryGetValue(claim.Segment.Id, out ModelClaim? old))
        {
            claim.Inherited = old.Role == ClaimRole.Heir ? old.Sharer : null;
            Remove(old);
        }
        claim.Segment.Claims.Add(claim);
        claim.Holder.Claims.Add(claim.Segment.Id, claim);
    }

    private static void Remove(ModelClaim claim)
    {
        claim.Segment.Claims.Remove(claim);
        claim.Holder.Claims.Remove(claim.Segment.Id);
    }

    // With all that its receiver gave on, and what copies of these have; it may have gone along
    // with another by now.
    private void TakeBack(ModelClaim claim)
    {
        ModelSegment segment = claim.Segment;
        if (!segment.Claims.Contains(claim))
            return;
        End(claim);
        claim.Holder.Signals.Send(Unshared(claim, UnshareReason.Syscall));
        segment.Claims.FindAll(c => c.Sharer == claim.Holder || c.Inherited == claim.Holder)
            .ForEach(TakeBack);
    }

    // Those that it gave the segment to keep it, as from the one that gave it.
    private void Leave(ModelClaim claim, UnshareReason reason)
    {
        if (claim.Role != ClaimRole.Heir)
            claim.Sharer?.Signals.Send(Unshared(claim, reason));
        foreach (ModelClaim other in claim.Segment.Claims)
        {
            if (other.Inherited == claim.Holder)
                other.Inherited = claim.Sharer;
            if (other.Sharer != claim.Holder)
                continue;
            other.Sharer = claim.Sharer;
            if (other.Role != ClaimRole.Heir)
                other.Holder.Signals.Send(Unshared(claim, reason));
        }
        End(claim);
    }

    private void End(ModelClaim claim)
    {
        ModelSegment segment = claim.Segment;
        UnmapAll(claim.Holder, segment);
        Remove(claim);
        if (segment.Claims.Exists(c => c.Role != ClaimRole.Giver))
            return;
        segment.Claims.FindAll(_ => true).ForEach(Remove);
        _segments.Remove(segment);
    }

    private static Signal Unshared(ModelClaim about, UnshareReason reason) => new(
        SignalCode.UnsharedAms, about.Segment.Id, (ulong)reason, about.Holder.Id.Value, 0);
}
