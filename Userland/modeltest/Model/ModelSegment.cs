using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Tests.Model;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>What a process has of a segment.</summary>
internal enum ClaimRole
{
    Owner,
    Receiver,

    /// <summary>It handed it over, and may still ask about it.</summary>
    Giver,

    /// <summary>It is a copy of one that maps it: it maps it too, and cannot name it.</summary>
    Heir,
}

/// <summary>How a process has a segment.</summary>
/// <param name="segment">The segment.</param>
/// <param name="holder">Who has it.</param>
/// <param name="role">As what.</param>
internal sealed class ModelClaim(ModelSegment segment, ModelProcess holder, ClaimRole role)
{
    internal ModelSegment Segment => segment;

    internal ModelProcess Holder => holder;

    internal ClaimRole Role => role;

    internal bool IsUsable => role is ClaimRole.Owner or ClaimRole.Receiver;

    /// <summary>Of a receiver: what it was given; write brings read with it.</summary>
    internal MemoryRights Rights { get; init; }

    internal bool Copies { get; init; }

    /// <summary>
    /// Who can end it; null once only the owner can. Of an heir: with whose claim it ends.
    /// </summary>
    internal ModelProcess? Sharer { get; set; }

    /// <summary>Who gave it, now or once.</summary>
    internal ProcessId SharerId { get; init; }

    internal ushort Command { get; init; }

    internal SharingMode Mode { get; init; }

    internal ShareForm Form =>
        Mode.HasFlag(SharingMode.Exclusive) ? ShareForm.Exclusive : ShareForm.Mutual;

    internal Roads Roads =>
        Rights.HasFlag(MemoryRights.Execute) ? Roads.Execute
        : !Rights.HasFlag(MemoryRights.Write) ? Roads.Read
        : Copies ? Roads.Copy : Roads.Write;

    /// <summary>What is mapped when no rights are named.</summary>
    internal MemoryRights AllRights => role == ClaimRole.Receiver
        ? Rights
        : segment.Kind switch
        {
            FrameKind.Code => MemoryRights.Read | MemoryRights.Execute,
            FrameKind.Constant => MemoryRights.Read,
            _ => MemoryRights.ReadWrite,
        };

    /// <summary>Whether the holder was given so much.</summary>
    internal bool Allows(MemoryRights rights, bool copies)
    {
        bool writesFrames = rights.HasFlag(MemoryRights.Write) && !copies;
        return role == ClaimRole.Owner
            || ((rights & ~Rights) == 0 && !(writesFrames && Copies));
    }
}

/// <summary>A segment as it should be.</summary>
/// <param name="id">Its number.</param>
/// <param name="pages">Its length.</param>
internal sealed class ModelSegment(ulong id, ulong pages)
{
    internal ulong Id => id;

    internal ulong Pages => pages;

    internal required FrameKind Kind { get; set; }

    /// <summary>What it can begin with; null if it begins zeroed.</summary>
    internal ModelTraces? Traces { get; init; }

    internal bool IsHandedOver { get; set; }

    /// <summary>In the order in which they came.</summary>
    internal List<ModelClaim> Claims { get; } = [];

    /// <summary>In the order in which they came, with whose they are.</summary>
    internal List<(ModelProcess Process, ModelRegion Region)> Mappings { get; } = [];

    /// <summary>Pages that were looked at.</summary>
    internal Dictionary<ulong, ModelPage> Seen { get; } = [];

    internal ModelClaim? Owner => Claims.Find(c => c.Role == ClaimRole.Owner);

    /// <summary>Whether anyone but the owner uses it or maps it.</summary>
    internal bool IsShared =>
        Claims.Exists(c => c.Role is ClaimRole.Receiver or ClaimRole.Heir);

    internal bool MayMap(Roads wish) => RoadRule.MayMap(Kind, Mapped, Shared, wish);

    internal bool MayShare(Roads wish) => RoadRule.MayShare(Kind, Mapped, Shared, wish);

    private Roads Mapped
    {
        get
        {
            Roads all = Roads.None;
            foreach ((_, ModelRegion region) in Mappings)
                all |= region.Roads;
            return all;
        }
    }

    private Roads Shared
    {
        get
        {
            Roads all = Roads.None;
            foreach (ModelClaim claim in Claims)
                all |= claim.Role == ClaimRole.Receiver ? claim.Roads : Roads.None;
            return all;
        }
    }
}
