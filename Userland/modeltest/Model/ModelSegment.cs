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

    /// <summary>
    /// Whose copy its holder was when it was given it: with that one's claim it ends as well.
    /// </summary>
    internal ModelProcess? Inherited { get; set; }

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

    /// <summary>Who supplies its pages; null if nobody has to.</summary>
    internal ModelBacking? Backing { get; init; }

    /// <summary>The device page that it begins with, if it is a device's memory.</summary>
    internal ulong? DevicePage { get; init; }

    /// <summary>Whether it was made of pages of memory, and so can be handed over.</summary>
    internal bool IsOfPages => Backing is null && DevicePage is null;

    /// <summary>Whether the kernel does not use it for calls.</summary>
    internal bool IsNoBuffer => Kind == FrameKind.Device;

    /// <summary>Whether who writes it does so to copies, whatever was asked for.</summary>
    internal bool CopiesWrites => Backing is { Mode: BackingMode.CopyOnWrite };

    internal bool IsHandedOver { get; set; }

    /// <summary>In the order in which they came.</summary>
    internal List<ModelClaim> Claims { get; } = [];

    /// <summary>In the order in which they came, with whose they are.</summary>
    internal List<(ModelProcess Process, ModelRegion Region)> Mappings { get; } = [];

    /// <summary>
    /// Pages that were looked at; of a device, all of its pages that anyone has looked at.
    /// </summary>
    internal Dictionary<ulong, ModelPage> Seen { get; init; } = [];

    internal ModelClaim? Owner => Claims.Find(c => c.Role == ClaimRole.Owner);

    /// <summary>Whether anyone but the owner uses it or maps it.</summary>
    internal bool IsShared =>
        Claims.Exists(c => c.Role is ClaimRole.Receiver or ClaimRole.Heir);

    /// <summary>What was seen of a page; null if nobody looked at it.</summary>
    internal ModelPage? Find(ulong page) => Seen.GetValueOrDefault(page + (DevicePage ?? 0));

    /// <summary>A page is looked at for the first time.</summary>
    internal void Add(ulong page, ModelPage content) =>
        Seen.Add(page + (DevicePage ?? 0), content);

    /// <summary>Whether this can be in a page that nobody looked at.</summary>
    internal bool CanBeginWith(ulong word) =>
        word == 0 || DevicePage is not null || Traces?.Has(word) == true;

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
