using System.Collections.Generic;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Processes;
using MemOS.Segments;

namespace MemOS.Audit;

/// <summary>
/// The part of the audit about segments: who maps them has a claim to them, and a segment knows how
/// many mappings and shares there are.
/// </summary>
internal static class SegmentAudit
{
    /// <summary>What is wrong; null if nothing is.</summary>
    internal static string? Check()
    {
        Dictionary<Segment<MachineMemory>, int> mappings = [];
        for (Process? process = ProcessTable.First; process is not null; process = process.Younger)
        {
            if (process.Space is { } space && !TryCount(process, space, mappings))
                return $"{process.Name} ({process.Id.Value}) maps what it has no claim to";
        }
        for (SegmentEntry? entry = SegmentTable.First; entry is not null; entry = entry.Next)
        {
            string? broken = Check(entry, mappings.GetValueOrDefault(entry.Segment));
            if (broken is not null)
                return $"segment {entry.Id:x16}: {broken}";
        }
        return null;
    }

    private static bool TryCount(
        Process process, AddressSpace<MachineMemory> space,
        Dictionary<Segment<MachineMemory>, int> mappings)
    {
        VirtualAddress from = default;
        while (space.TryFindNext(from, out Region? region))
        {
            if (region is SegmentRegion<MachineMemory> mapping)
            {
                Segment<MachineMemory> segment = mapping.Segment;
                mappings[segment] = mappings.GetValueOrDefault(segment) + 1;
                if (!HasClaim(process, segment))
                    return false;
            }
            from = region.Range.Last.Start + PageSizes.SmallBytes;
        }
        return true;
    }

    private static bool HasClaim(Process process, Segment<MachineMemory> segment)
    {
        SegmentClaim? claim = process.Claims.Root;
        while (claim is not null
            && (claim.Entry.Segment != segment || claim.Role == ClaimRole.Giver))
            claim = process.Claims.Next(claim);
        return claim is not null;
    }

    private static string? Check(SegmentEntry entry, int mappings)
    {
        Segment<MachineMemory> segment = entry.Segment;
        if (!segment.IsSound())
            return "its frames are not held, not counted, or not kept for it";
        if (segment.Mappings != mappings)
            return $"{mappings} mappings, not {segment.Mappings}";
        int shares = 0;
        for (SegmentClaim? claim = entry.FirstClaim; claim is not null; claim = claim.Next)
        {
            if (claim.Holder.End is not null || claim.Holder.Claims.Find(entry.Id) != claim)
                return "a claim that its holder does not know of";
            shares += claim.Role == ClaimRole.Receiver ? 1 : 0;
        }
        return segment.Shares == shares ? null : $"{shares} shares, not {segment.Shares}";
    }
}
