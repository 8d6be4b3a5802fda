using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Modeltest.Model;

namespace MemOS.Modeltest;

/// <summary>The same for threads that wait for words.</summary>
internal static class WordActs
{
    internal static void Wait(World world, ModelProcess process, Step step)
    {
        if (step.C % 29 == 0)
        {
            World.StartBadly(process, (ulong)step.B);
            return;
        }
        List<ModelRegion> regions = [.. process.Regions.Where(r => r.Segment is not null)];
        if (regions.Count == 0 || step.B % 4 == 0)
            regions = process.Regions;
        if (regions.Count == 0)
            return;
        ModelRegion region = regions[step.B % regions.Count];
        // Few pages, so that several wait for the same.
        ulong page = region.First + ((ulong)step.C % ulong.Min(region.Pages, 3));
        int word = step.B / 16 % 2;
        bool isHungry = Hunger.IsOn && region.BackingOf(page) is not null;
        if (isHungry || process.JudgeCall(page, MemoryRights.Read) != ErrorCode.None)
            return;
        if (step.C % 7 != 0
            || !world.TryWaitShortly(process, page, word, 1 + ((uint)step.B % 2)))
            world.Wait(process, page, word);
    }

    internal static void Wake(World world, ModelProcess process, Step step)
    {
        uint most = step.C % 5 == 0 ? uint.MaxValue : (uint)step.C % 5 - 1;
        List<(ModelProcess Process, ulong Page, int Word)> names =
            world.Waiters.Count == 0 || step.B % 5 == 0
                ? []
                : NamesOf(world, world.Waiters[step.B % world.Waiters.Count].Word);
        if (names.Count != 0)
        {
            (process, ulong page, int word) = names[step.C % names.Count];
            world.Wake(process, page, word, most);
        }
        else if (process.Regions.Count != 0)
        {
            ModelRegion region = process.Regions[step.B % process.Regions.Count];
            ulong page = region.First + ((ulong)step.C % region.Pages);
            world.Wake(process, page, step.B / 16 % 2, most);
        }
    }

    // All the places where it can be woken by, and some where it cannot: copies of it.
    private static List<(ModelProcess Process, ulong Page, int Word)> NamesOf(
        World world, ModelWord name)
    {
        ulong page = name.Address / World.Page;
        int word = name.Address % World.Page == 0 ? 0 : 1;
        List<(ModelProcess, ulong, int)> names = [(name.Process, page, word)];
        ModelRegion own = name.Process.At(page)!;
        if (own.Segment is null)
            return names;
        ulong index = own.IndexOf(page);
        foreach (ModelProcess process in world.Processes)
        {
            foreach (ModelRegion region in process.Regions)
            {
                if (region.Segment == own.Segment && index >= region.Offset
                    && index < region.Offset + region.Pages)
                    names.Add((process, region.First + index - region.Offset, word));
            }
        }
        return names;
    }
}
