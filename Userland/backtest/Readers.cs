using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Backtest;

/// <summary>What a child does with a segment that it is given.</summary>
internal static unsafe class Readers
{
    private const uint Patience = 10_000;

    /// <summary>Reads a page; ends by the fault, if it is one.</summary>
    internal static int Read(SegmentId id, ulong page)
    {
        ulong start = Open(id);
        return Served.IsRight(start, page) ? Program.Right : Program.Wrong;
    }

    /// <summary>Reads so many pages, the last one first.</summary>
    internal static int ReadAll(SegmentId id, ulong pages)
    {
        ulong start = Open(id);
        for (ulong page = pages; page-- != 0;)
        {
            if (!Served.IsRight(start, page))
                return Program.Wrong;
        }
        return Program.Right;
    }

    /// <summary>Reads a page, and handles the fault.</summary>
    internal static int ReadTold(SegmentId id, ulong page)
    {
        ulong place = Open(id) + (page * Memory.PageBytes);
        Signals.MemoryFault += (address, access) => Process.Exit(
            address.Value == place && access == FaultKind.Read ? Program.Right : Program.Wrong);
        Trespass.Read(new Address(place));
        return Program.Wrong;
    }

    /// <summary>Maps all of a segment once it is given.</summary>
    internal static ulong Open(SegmentId id) =>
        Segment.Open(id, Patience).Map(MappingRights.Read).Start.Value;
}
