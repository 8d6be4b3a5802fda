using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Model;
using MemOS.Userland;

namespace MemOS.Modeltest;

/// <summary>A history of new processes, from their start to their end.</summary>
internal static class Round
{
    /// <summary>How many were cut short, as this program itself had no memory left.</summary>
    internal static int Starved { get; private set; }

    /// <summary>Takes all steps, then looks at everything once more.</summary>
    /// <returns>What is not as the model says; null if all is.</returns>
    internal static string? Play(IReadOnlyList<Step> steps)
    {
        World? world = null;
        int taken = 0;
        try
        {
            world = new World();
            for (; taken < steps.Count; taken++)
                Acts.Run(world, steps[taken]);
            LookAtAll(world);
            return null;
        }
        catch (DisagreementException disagreement)
        {
            // To tell it takes memory.
            Hunger.End();
            string where = taken < steps.Count ? $"step {taken}, {steps[taken]}" : "the end";
            return $"{where}: {disagreement.Message}";
        }
        catch (OutOfMemoryException) when (Hunger.IsOn)
        {
            // What this program has set aside for itself was not enough.
            Hunger.End();
            Starved++;
            return null;
        }
        finally
        {
            world?.Clear();
        }
    }

    private static void LookAtAll(World world)
    {
        Hunger.End();
        foreach (ModelProcess process in world.Processes)
        {
            World.CompareRegions(process);
            foreach (ModelRegion region in process.Regions)
            {
                ulong last = ulong.Min(region.End, region.First + 16);
                for (ulong page = region.First; page < last; page++)
                {
                    if (process.Judge(page, MemoryRights.Read) == ErrorCode.None)
                        World.Read(process, page);
                }
            }
            foreach (ulong id in process.Claims.Keys)
                World.Tell(process, id);
            World.CompareSignals(process);
        }
        foreach (ModelSegment segment in world.Segments)
            segment.Backing?.ExpectNothing();
        if (!Machine.Audit())
            Check.Fail("AUDIT_MEMORY finds what is not sound; the log says what");
    }
}
