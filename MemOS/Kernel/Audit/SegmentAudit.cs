using System.Collections.Generic;
using System.Linq;
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
        for (int i = 0; i < ProcessTable.Count; i++)
        {
            Process process = ProcessTable.At(i);
            if (process.Space is { } space && !TryCount(process, space, mappings))
                return $"{process.Name} ({process.Id.Value}) maps what it has no claim to";
        }
        foreach (SegmentEntry entry in SegmentTable.Entries)
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
                if (!process.Claims.Values.Any(claim => claim.Entry.Segment == segment
                    && claim.Role != ClaimRole.Giver))
                    return false;
            }
            from = region.Range.Last.Start + PageSizes.SmallBytes;
        }
        return true;
    }

    private static string? Check(SegmentEntry entry, int mappings)
    {
        Segment<MachineMemory> segment = entry.Segment;
        if (!segment.IsSound())
            return "its frames are not held, not counted, or not kept for it";
        if (segment.Mappings != mappings)
            return $"{mappings} mappings, not {segment.Mappings}";
        int shares = entry.Claims.Count(static claim => claim.Role == ClaimRole.Receiver);
        if (segment.Shares != shares)
            return $"{shares} shares, not {segment.Shares}";
        bool isHeld = entry.Claims.All(claim => claim.Holder.End is null
            && claim.Holder.Claims.TryGetValue(entry.Id, out SegmentClaim? own) && own == claim);
        return isHeld ? null : "a claim that its holder does not know of";
    }
}
