using System.Collections.Generic;
using System.Linq;
using MemOS.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.AddressSpaces;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>Processes that came from one another, and what is kept for all of them.</summary>
internal sealed class ModelFamily
{
    /// <summary>What each of them can need, summed up.</summary>
    public ulong Needed { get; set; }

    /// <summary>What there is of it for pages, once however many see it.</summary>
    public ulong Own { get; set; }
}

/// <summary>A process as it should be, as far as memory goes.</summary>
internal sealed class ModelProcess(
    AddressSpace<SimulatedMemory> real, uint owner, ModelFamily family)
{
    public AddressSpace<SimulatedMemory> Real => real;

    public uint Owner => owner;

    public ModelFamily Family => family;

    /// <summary>Whose marks its memory can bear: its own, and what it came to see.</summary>
    public HashSet<uint> Writers { get; } = [owner];

    public ModelSignals Signals { get; init; } = new();

    /// <summary>In the order of addresses.</summary>
    public List<ModelRegion> Regions { get; } = [];

    public TableCounts TablesNeeded { get; } = new();

    public ulong Needed { get; private set; }

    public ulong Resident => (ulong)Regions.Sum(r => (long)r.Resident);

    public ulong OfSegments =>
        (ulong)Regions.Where(r => r.Segment is { IsDevice: false }).Sum(r => r.Seen.Count);

    public ModelRegion? At(ulong page) =>
        Regions.Find(r => page >= r.First && page < r.End);

    public void Add(ModelRegion region)
    {
        int index = Regions.FindIndex(r => r.First > region.First);
        Regions.Insert(index < 0 ? Regions.Count : index, region);
        family.Needed -= TablesNeeded.Count;
        TablesNeeded.Add(region.First, region.End);
        family.Needed += TablesNeeded.Count;
        Needed += region.Needed;
        family.Needed += region.Needed;
    }

    public void Remove(ModelRegion region)
    {
        Assert.True(Regions.Remove(region));
        family.Needed -= TablesNeeded.Count;
        TablesNeeded.Remove(region.First, region.End);
        family.Needed += TablesNeeded.Count;
        Needed -= region.Needed;
        family.Needed -= region.Needed;
    }

    /// <summary>
    /// Takes a range out of the regions, and tells of each own page that was there, and of the
    /// frames that it counts as.
    /// </summary>
    public List<(ulong Page, ModelCell Cell, ulong Weight)> TakeOut(ulong first, ulong end)
    {
        List<(ulong, ModelCell, ulong)> taken = [];
        foreach (ModelRegion region in Regions.Where(r => r.First < end && r.End > first).ToArray())
        {
            Remove(region);
            ModelRegion lower = region.Over(region.First, ulong.Max(first, region.First));
            ModelRegion upper = region.Over(ulong.Min(end, region.End), region.End);
            foreach ((ulong page, ModelCell cell) in region.Own)
            {
                if (page >= first && page < end)
                {
                    taken.Add((page, cell, region.FramesPerPage));
                }
                else
                {
                    (page < first ? lower : upper).Own.Add(page, cell);
                }
            }

            AddRest(lower);
            AddRest(upper);
        }

        return taken;
    }

    private void AddRest(ModelRegion rest)
    {
        if (rest.Pages != 0)
        {
            Add(rest);
        }
    }
}
