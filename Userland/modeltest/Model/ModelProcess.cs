using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>A process as it should be, beside the one that is.</summary>
/// <param name="number">Tells its marks from those of all others.</param>
/// <param name="peer">The real one.</param>
/// <param name="parent">Which it is a copy of, if it is one.</param>
internal sealed class ModelProcess(uint number, Peer peer, ModelProcess? parent = null)
{
    internal uint Number => number;

    internal Peer Peer => peer;

    internal ProcessId Id => peer.Id;

    /// <summary>Whose child it is; null if it is the driver's, or if that one has ended.
    /// </summary>
    internal ModelProcess? Parent { get; set; } = parent;

    /// <summary>What its memory can begin with.</summary>
    internal ModelTraces Traces { get; } = new(number);

    /// <summary>Whether it may drive the device that there is for this.</summary>
    internal bool MayDrive { get; init; } = parent?.MayDrive == true;

    internal bool HasEnded { get; set; }

    /// <summary>Whether it was told whose marks to supply.</summary>
    internal bool HasServed { get; set; }

    /// <summary>Whether it would answer what it was asked as a backer.</summary>
    internal bool CanServe => HasServed
        && Signals.IsHandled(SignalCode.ReadBackedAms)
        && Signals.IsHandled(SignalCode.WriteBackedAms);

    /// <summary>How often it should have been asked as a backer.</summary>
    internal ulong Requests { get; set; }

    /// <summary>In the order of addresses.</summary>
    internal List<ModelRegion> Regions { get; } = [];

    /// <summary>What it has of segments.</summary>
    internal Dictionary<ulong, ModelClaim> Claims { get; } = [];

    internal ModelSignals Signals { get; } = parent?.Signals.Copy(peer) ?? new(peer);

    internal ModelRegion? At(ulong page) => Regions.Find(r => r.Contains(page));

    internal void Add(ModelRegion region)
    {
        int index = Regions.FindIndex(r => r.First > region.First);
        Regions.Insert(index < 0 ? Regions.Count : index, region);
    }

    /// <summary>
    /// Takes a range out of the regions, and tells of each page that was looked at.
    /// </summary>
    internal Dictionary<ulong, ModelPage> TakeOut(ulong first, ulong end)
    {
        Dictionary<ulong, ModelPage> taken = [];
        foreach (ModelRegion region in Regions.FindAll(r => r.First < end && r.End > first))
        {
            Regions.Remove(region);
            ModelRegion lower = region.Over(region.First, ulong.Max(first, region.First));
            ModelRegion upper = region.Over(ulong.Min(end, region.End), region.End);
            foreach ((ulong page, ModelPage content) in region.Own)
            {
                Dictionary<ulong, ModelPage> place =
                    page < first ? lower.Own : page >= end ? upper.Own : taken;
                place.Add(page, content);
            }
            if (lower.Pages != 0)
                Add(lower);
            if (upper.Pages != 0)
                Add(upper);
        }
        return taken;
    }

    /// <summary>What it has of a segment that it can name.</summary>
    internal ModelClaim? Known(ulong id) =>
        Claims.GetValueOrDefault(id) is { Role: not ClaimRole.Heir } claim ? claim : null;

    /// <summary>Whether it may do that there, and it comes to something.</summary>
    internal ErrorCode Judge(ulong page, MemoryRights access)
    {
        if (At(page) is not { } region)
            return ErrorCode.BadPointer;
        if (!region.Allows(access))
            return ErrorCode.NotPermitted;
        return region.BackingOf(page)?.IsServed(region.IndexOf(page), access) != false
            ? ErrorCode.None
            : ErrorCode.BadPointer;
    }

    /// <summary>The same of a call that uses the page for it.</summary>
    internal ErrorCode JudgeCall(ulong page, MemoryRights access) =>
        At(page) is { Segment.IsNoBuffer: true }
            ? ErrorCode.NotPermitted
            : Judge(page, access);
}
