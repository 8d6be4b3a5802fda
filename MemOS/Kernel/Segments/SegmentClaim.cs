using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Segments;

/// <summary>
/// What one process has of a segment. No process without one can name it or maps it.
/// </summary>
internal sealed class SegmentClaim : IdNode<SegmentClaim>
{
    private SegmentClaim(SegmentEntry entry, Process holder, ClaimRole role)
        : base(entry.Id)
    {
        Entry = entry;
        Holder = holder;
        Role = role;
    }

    /// <summary>The segment.</summary>
    internal SegmentEntry Entry { get; }

    /// <summary>Whose it is.</summary>
    internal Process Holder { get; }

    /// <summary>What it is.</summary>
    internal ClaimRole Role { get; }

    /// <summary>
    /// What is charged for it: that of who gave it, or of the heir. Null for the maker's, which the
    /// segment is charged with.
    /// </summary>
    internal Purse? Payer { get; private init; }

    /// <summary>Of a receiver: what it was given.</summary>
    internal SegmentShare Share { get; private init; }

    /// <summary>
    /// Of a receiver: who can end it; null once only the owner can. Of an heir: with whose claim
    /// it ends; null once nobody can take it back.
    /// </summary>
    internal Process? Sharer { get; set; }

    /// <summary>
    /// Whether it is being taken back, in pieces: its holder maps and shares it no more.
    /// </summary>
    internal bool IsEnding { get; set; }

    /// <summary>
    /// From whom its holder had the segment as a copy, before it was given it: what is mapped from
    /// that time goes with that one's share. Null if there was none.
    /// </summary>
    internal Process? Inherited { get; set; }

    /// <summary>Who gave the segment, now or once; default if nobody did.</summary>
    internal ProcessId SharerId { get; private init; }

    /// <summary>What the sharer said along with it.</summary>
    internal ushort Command { get; private init; }

    /// <summary>How it was shared.</summary>
    internal SharingMode Mode { get; private init; }

    /// <summary>Whether others have it too or it went over for good.</summary>
    internal ShareForm Form => (Mode & SharingMode.Exclusive) != 0
        ? ShareForm.Exclusive
        : ShareForm.Mutual;

    /// <summary>Whether its holder gives it up, in pieces.</summary>
    internal bool IsLeaving { get; set; }

    /// <summary>Whether nobody has it from its holder any more, who leaves.</summary>
    internal bool HasLeft { get; set; }

    /// <summary>Whether the holder was given the segment or made it.</summary>
    internal bool HasIt => Role is ClaimRole.Owner or ClaimRole.Receiver;

    /// <summary>Whether the holder has it from another process.</summary>
    internal bool IsGiven => HasIt && SharerId != default;

    /// <summary>Whether the holder may map and share it.</summary>
    internal bool IsUsable => HasIt && !IsEnding && !IsLeaving;

    /// <summary>What the holder maps with when it names no rights.</summary>
    internal PageRights AllRights => Role == ClaimRole.Receiver
        ? Share.Rights
        : Entry.Segment.State switch
        {
            SegmentState.Writable => PageRights.ReadWrite,
            SegmentState.Constant => PageRights.Read,
            _ => PageRights.ReadExecute,
        };

    /// <summary>The claim of who makes a segment.</summary>
    internal static SegmentClaim OfMaker(SegmentEntry entry, Process maker) =>
        new(entry, maker, ClaimRole.Owner);

    /// <summary>The claim of who is given a share.</summary>
    internal static SegmentClaim OfReceiver(
        SegmentClaim from, Process receiver, SegmentShare share, SharingMode mode,
        ushort command) => new(from.Entry, receiver, ClaimRole.Receiver)
        {
            Payer = from.Holder.Purse,
            Share = share,
            Sharer = from.Holder,
            SharerId = from.Holder.Id,
            Command = command,
            Mode = mode,
        };

    /// <summary>The claim of who is handed a segment.</summary>
    internal static SegmentClaim OfNewOwner(
        SegmentClaim from, Process receiver, SharingMode mode, ushort command) =>
        new(from.Entry, receiver, ClaimRole.Owner)
        {
            Payer = from.Holder.Purse,
            SharerId = from.Holder.Id,
            Command = command,
            Mode = mode,
        };

    /// <summary>The claim of a copy of who maps a segment.</summary>
    internal static SegmentClaim OfHeir(SegmentClaim from, Process heir) =>
        new(from.Entry, heir, ClaimRole.Heir)
        {
            Payer = heir.Purse,
            Sharer = from.Holder,
            IsEnding = from.IsEnding,
        };

    /// <summary>What is left to who handed a segment over.</summary>
    internal static SegmentClaim OfGiver(SegmentClaim given, SegmentClaim taken) =>
        new(given.Entry, given.Holder, ClaimRole.Giver)
        {
            Payer = given.Holder.Purse,
            SharerId = given.Holder.Id,
            Command = taken.Command,
            Mode = taken.Mode,
        };

    /// <summary>Whether the holder's rights go so far.</summary>
    internal bool Allows(in SegmentShare wish)
    {
        if (Role == ClaimRole.Owner)
            return true;
        bool writesForAll = wish.Rights.CanWrite && wish.Mode == MappingMode.Mutual;
        return wish.Rights.IsWithin(Share.Rights)
            && !(writesForAll && Share.Mode == MappingMode.CopyOnWrite);
    }

    /// <summary>
    /// Takes the place of another claim of its holder's, with what that has mapped.
    /// </summary>
    internal void TakeOver(SegmentClaim before)
    {
        if (before.Role != ClaimRole.Heir)
            return;
        Inherited = before.Sharer;
        IsEnding = before.IsEnding;
    }
}
