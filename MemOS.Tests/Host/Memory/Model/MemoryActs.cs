using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory;
using MemOS.Memory.Paging;
using MemOS.Memory.Segments;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>Makes of the numbers of a step what the model is asked to do.</summary>
internal static class MemoryActs
{
    private const int MostProcesses = 5;
    private const int MostSegments = 8;

    private static readonly PageRights[] Rights =
    [
        PageRights.ReadWrite, PageRights.ReadWrite, PageRights.ReadWrite, PageRights.Read,
        PageRights.ReadExecute, PageRights.ExecuteOnly,
    ];

    private static readonly Access[] Accesses =
        [Access.Write, Access.Write, Access.Read, Access.Execute];

    public static void Run(MemoryModel model, MemoryStep step)
    {
        if (model.Processes.Count == 0)
        {
            model.Begin();
            return;
        }

        ModelProcess process = model.Processes[step.A % model.Processes.Count];
        switch (step.Act)
        {
            case MemoryAct.Begin when model.Processes.Count < MostProcesses:
                model.Begin();
                break;
            case MemoryAct.Fork when model.Processes.Count < MostProcesses:
                model.Fork(process);
                break;
            case MemoryAct.End:
                model.End(process, step.B % 2 == 0);
                break;
            case MemoryAct.Allocate:
                model.Allocate(
                    process, 1 + (ulong)(step.B % 8), Rights[step.C % 6],
                    (ZeroFirst)(step.B / 8 % 2));
                break;
            case MemoryAct.AllocateLarge:
                model.Allocate(
                    process, 500 + (ulong)(step.B % 900), Rights[step.C % 4],
                    (ZeroFirst)(step.B % 2));
                break;
            case MemoryAct.Free:
                Pages(process, step, out ulong page, out ulong count);
                model.Free(process, page, count);
                break;
            case MemoryAct.Touch:
                Pages(process, step, out page, out _);
                model.Touch(process, page, Accesses[(step.B + step.C) % 4], step.C / 3);
                break;
            case >= MemoryAct.Handle and <= MemoryAct.BreakRule:
                RunOnSignals(model, process, step);
                break;
            default:
                RunOnSegments(model, process, step);
                break;
        }
    }

    private static void RunOnSignals(MemoryModel model, ModelProcess process, MemoryStep step)
    {
        SignalCode code = MemoryModel.CodeOf(step.C);
        switch (step.Act)
        {
            case MemoryAct.Handle:
                MemoryModel.Handle(process, code, 16 + (ulong)step.B);
                break;
            case MemoryAct.Unhandle:
                MemoryModel.Unhandle(process, code);
                break;
            case MemoryAct.MakeReady:
                MemoryModel.MakeReady(process);
                break;
            case MemoryAct.Send:
                // Now and then a flood.
                for (int i = step.B % 50 == 0 ? 70 : 1; i != 0; i--)
                {
                    if (model.Processes.Contains(process))
                    {
                        model.Send(process, new Signal(code, (ulong)step.B, (ulong)i));
                    }
                }

                break;
            case MemoryAct.Tell:
                model.Tell(process);
                break;
            default:
                model.BreakRule(
                    process, new Signal(SignalCode.MemFault, (ulong)step.B, (ulong)step.C));
                break;
        }
    }

    private static void RunOnSegments(MemoryModel model, ModelProcess process, MemoryStep step)
    {
        ModelSegment[] known = [.. model.Segments.Where(s => s.IsKnownTo(process))];
        if (step.Act is MemoryAct.Capture or MemoryAct.Device or MemoryAct.Back)
        {
            if (model.Segments.Count < MostSegments)
            {
                Make(model, process, step);
            }
        }
        else if (step.Act is MemoryAct.Unmap or MemoryAct.UnmapAll)
        {
            Unmap(model, process, step);
        }
        else if (known.Length != 0)
        {
            Use(model, process, known[step.B % known.Length], step);
        }
    }

    private static void Make(MemoryModel model, ModelProcess process, MemoryStep step)
    {
        if (step.Act == MemoryAct.Capture)
        {
            Pages(process, step, out ulong page, out ulong count);
            model.Capture(process, page, count);
            return;
        }

        ulong pages = step.C % 5 == 0 ? 600u : 1 + (ulong)(step.C % 7);
        if (step.Act == MemoryAct.Back)
        {
            // Now and then longer than any memory.
            ulong length = step.C % 11 == 0 ? 1ul << 27 : pages;
            model.AddBacked(process, length, (BackedService)(step.B % 3));
            return;
        }

        model.AddDevice(process, (ulong)step.B, pages, (CacheKind)(step.C % 3));
    }

    private static void Unmap(MemoryModel model, ModelProcess process, MemoryStep step)
    {
        ModelRegion[] mappings = [.. process.Regions.Where(r => r.Segment is not null)];
        if (mappings.Length == 0)
        {
            return;
        }

        ModelRegion mapping = mappings[step.B % mappings.Length];
        if (step.Act == MemoryAct.UnmapAll)
        {
            model.UnmapAll(process, mapping.Segment!);
            return;
        }

        // Now and then not at its start, or a segment that is mapped elsewhere.
        ModelSegment segment = step.C % 9 == 0
            ? model.Segments[step.C % model.Segments.Count]
            : mapping.Segment!;
        model.Unmap(process, segment, mapping.First + (step.C % 7 == 0 ? 1u : 0));
    }

    private static void Use(
        MemoryModel model, ModelProcess process, ModelSegment segment, MemoryStep step)
    {
        ModelProcess other = model.Processes[step.C % model.Processes.Count];
        switch (step.Act)
        {
            case MemoryAct.Supply when segment.Service is not null:
                Supply(model, process, segment, step);
                break;
            case MemoryAct.Share:
                Share(model, process, segment, other, step);
                break;
            case MemoryAct.EndShare when segment.Shares.Count != 0:
                model.EndShare(segment.Shares[step.C % segment.Shares.Count]);
                break;
            case MemoryAct.EndOwner when segment.Owner == process:
                model.EndOwner(segment);
                break;
            case MemoryAct.HandOver when segment.Owner == process:
                model.HandOver(segment, other);
                break;
            case MemoryAct.Execute:
                model.UnmapAll(process, segment);
                Map(model, process, segment, step, PageRights.ReadExecute);
                break;
            case MemoryAct.Map or MemoryAct.MapAt:
                Map(model, process, segment, step, Rights[(step.B / 9) % 6]);
                break;
            default:
                break;
        }
    }

    // From any page of the process, to one that someone looks at if there is such a one.
    private static void Supply(
        MemoryModel model, ModelProcess process, ModelSegment segment, MemoryStep step)
    {
        Pages(process, step with { Act = MemoryAct.Touch }, out ulong source, out _);
        ulong page = (ulong)step.C % ulong.Min(segment.Pages, 5);
        if (segment.Mappings.Count != 0 && step.C % 3 != 0)
        {
            ModelRegion mapping = segment.Mappings[step.C % segment.Mappings.Count];
            page = mapping.Offset + ((ulong)step.B % mapping.Pages);
        }

        model.Supply(process, source, segment, page);
    }

    private static void Share(
        MemoryModel model, ModelProcess process, ModelSegment segment, ModelProcess other,
        MemoryStep step)
    {
        MappingMode mode = step.C % 3 == 0 ? MappingMode.CopyOnWrite : MappingMode.Mutual;
        PageRights wanted = Rights[step.B / 9 % 6];
        if (segment.Owner != process)
        {
            ModelShare given = segment.Shares.First(s => s.Holder == process);
            wanted = wanted.Narrow(given.Rights);
            mode = given.Mode;
        }

        model.Share(segment, other, wanted, mode);
    }

    // What one was given limits what one maps.
    private static void Map(
        MemoryModel model, ModelProcess process, ModelSegment segment, MemoryStep step,
        PageRights wanted)
    {
        PageRights rights = wanted;
        MappingMode mode = step.C % 3 == 0 ? MappingMode.CopyOnWrite : MappingMode.Mutual;
        if (segment.Owner != process)
        {
            IEnumerable<ModelShare> given = segment.Shares.Where(s => s.Holder == process);
            ModelShare share = given.ElementAt(step.C % given.Count());
            rights = rights.Narrow(share.Rights);
            mode = share.Mode;
        }

        bool isWhole = step.C % 4 != 1;
        ulong offset = isWhole ? 0 : (ulong)step.B % segment.Pages;
        ulong count = isWhole
            ? segment.Pages
            : (ulong)(step.C % 23) % (segment.Pages - offset + 2);
        ulong? wish = step.Act == MemoryAct.MapAt ? Wish(process, step) : null;
        model.Map(process, segment, (offset, count), rights, mode, wish);
    }

    // Beside something, or on it, or far from all.
    private static ulong Wish(ModelProcess process, MemoryStep step)
    {
        if (process.Regions.Count == 0 || step.C % 5 == 0)
        {
            return ((ulong)step.B * 512) + (step.C % 2 == 0 ? 0 : (ulong)step.C);
        }

        ModelRegion near = process.Regions[step.B % process.Regions.Count];
        return step.C % 2 == 0 ? near.End + ((ulong)step.C % 4) : near.First - 1;
    }

    // A page of a region or next to one, and how many of those that follow.
    private static void Pages(
        ModelProcess process, MemoryStep step, out ulong page, out ulong count)
    {
        page = (ulong)step.B;
        count = (ulong)step.C % 9;
        if (process.Regions.Count == 0)
        {
            return;
        }

        ModelRegion region = process.Regions[step.B % process.Regions.Count];
        switch (step.Act)
        {
            case MemoryAct.Touch:
                page = region.First - 1 + ((ulong)step.C % (region.Pages + 2));
                break;
            case var _ when step.C % 3 != 0:
                page = region.First;
                count = region.Pages;
                break;
            default:
                page = region.First + ((ulong)step.C % region.Pages);
                count = 1 + ((ulong)step.B % (region.End - page + (step.C % 2 == 0 ? 0u : 1u)));
                break;
        }
    }
}
