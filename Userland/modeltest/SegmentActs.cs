using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Modeltest.Model;

namespace MemOS.Modeltest;

/// <summary>The same for what is done with segments.</summary>
internal static class SegmentActs
{
    private const ulong Page = World.Page;
    private const SharingMode ReadWrite = SharingMode.Read | SharingMode.Write;

    private static readonly SharingMode[] _modes =
    [
        SharingMode.Read, ReadWrite, ReadWrite, SharingMode.Write,
        ReadWrite | SharingMode.CopyOnWrite, ReadWrite | SharingMode.CopyOnWrite,
        SharingMode.Read, SharingMode.Read | SharingMode.Execute,
    ];

    private static readonly MappingRights[] _rights =
    [
        MappingRights.All, MappingRights.All, MappingRights.Read, MappingRights.Write,
        MappingRights.ReadWrite, MappingRights.Write | MappingRights.CopyOnWrite,
        MappingRights.ReadWrite | MappingRights.CopyOnWrite, MappingRights.CopyOnWrite,
        MappingRights.Execute, MappingRights.Read | MappingRights.Execute,
    ];

    internal static void Run(World world, ModelProcess process, Step step)
    {
        ulong id = Name(world, process, step);
        ModelProcess? other = Other(world, id, step);
        switch (step.Act)
        {
            case Act.Share:
                world.Share(process, id, other, Wish(step, _modes[step.B / 13 % _modes.Length]));
                break;
            case Act.HandOver:
                world.Share(process, id, other, Wish(step, SharingMode.Exclusive
                    | (step.B / 13 % 4 == 0 ? SharingMode.None : SharingMode.Unmap)));
                break;
            case Act.Unshare:
                world.Unshare(process, id, other);
                break;
            case Act.Tell:
                World.Tell(process, id);
                break;
            case Act.Map or Act.MapAt:
                Map(process, id, step, _rights[step.B / 13 % _rights.Length]);
                break;
            case Act.MapCode:
                World.Unmap(process, id, 0);
                Map(process, id, step, MappingRights.Execute);
                break;
            case Act.Unmap:
                World.Unmap(process, id, PlaceOf(process, step));
                break;
            case Act.UnmapAll:
                World.Unmap(process, id, 0);
                break;
            default:
                break;
        }
    }

    // With whom: mostly one that has not got it.
    private static ModelProcess? Other(World world, ulong id, Step step)
    {
        if (step.C % 59 == 0)
            return null;
        List<ModelProcess> strangers =
            [.. world.Processes.Where(p => !p.Claims.ContainsKey(id))];
        return step.Act == Act.Share && strangers.Count != 0 && step.C % 7 != 0
            ? strangers[step.C % strangers.Count]
            : world.Processes[step.C % world.Processes.Count];
    }

    // One that the process has; now and then one of others, or none.
    private static ulong Name(World world, ModelProcess process, Step step)
    {
        const ulong Nothing = 12345;
        if (step.B % 31 == 0)
            return Nothing;
        if (process.Claims.Count != 0 && step.B % 13 != 0)
            return process.Claims.Keys.ElementAt(step.B % process.Claims.Count);
        return world.Segments.Count == 0
            ? Nothing
            : world.Segments[step.B % world.Segments.Count].Id;
    }

    private static ShareWish Wish(Step step, SharingMode mode)
    {
        ShareNotice notice = (ShareNotice)(step.B / 104 % 2);
        if (step.C % 61 == 0)
            mode = (SharingMode)(step.B % 256);
        if (step.C % 67 == 0)
            notice = (ShareNotice)(step.B % 256);
        return new ShareWish((ushort)step.C, notice, mode);
    }

    private static void Map(ModelProcess process, ulong id, Step step, MappingRights rights)
    {
        ulong pages = process.Known(id) is { } claim
            ? claim.Segment.Pages
            : 1;
        ulong offset = 0;
        ulong count = 0;
        if (step.C % 4 == 1)
        {
            offset = (ulong)step.B % (pages + 1);
            count = (ulong)(step.C % 23) % (pages - offset + 2);
        }
        ulong place = step.Act == Act.MapAt ? Wish(process, step) * Page : 0;
        MapWish wish = new(offset * Page, place, count * Page, rights);
        // Now and then what cannot be.
        wish = (step.C % 71) switch
        {
            1 => wish with { Offset = wish.Offset + 8 },
            2 => wish with { Bytes = wish.Bytes + 8 },
            3 => wish with { Start = wish.Start | (1ul << 63) },
            4 => wish with { Start = Page },
            5 => wish with { Rights = (MappingRights)(step.B % 256) },
            6 => wish with { Start = wish.Start + 16 },
            _ => wish,
        };
        World.Map(process, id, wish);
    }

    // Beside something, or on it, or far from all.
    internal static ulong Wish(ModelProcess process, Step step)
    {
        if (process.Regions.Count == 0 || step.C % 5 == 0)
            return 512 * (1 + (ulong)step.B);
        ModelRegion near = process.Regions[step.B % process.Regions.Count];
        return step.C % 2 == 0 ? near.End + ((ulong)step.C % 4) : near.First - 1;
    }

    // A mapping's start; now and then not quite, or one of another segment.
    private static ulong PlaceOf(ModelProcess process, Step step)
    {
        if (process.Regions.Count == 0 || step.C % 73 == 0)
            return 1ul << 63;
        ulong id = step.B % 31 == 0 || process.Claims.Count == 0
            ? 0
            : process.Claims.Keys.ElementAt(step.B % process.Claims.Count);
        ModelRegion[] mappings = Array.FindAll(
            [.. process.Regions], r => r.Segment is not null && r.Segment.Id == id);
        ModelRegion region = mappings.Length != 0 && step.C % 11 != 0
            ? mappings[step.C % mappings.Length]
            : process.Regions[step.C % process.Regions.Count];
        return (region.First * Page) + (step.C % 17 == 0 ? Page : 0);
    }
}
