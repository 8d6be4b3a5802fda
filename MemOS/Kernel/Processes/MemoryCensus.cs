using MemOS.Mapping;
using MemOS.Memory.Paging;
using MemOS.Programs;
using MemOS.Segments;

namespace MemOS.Processes;

/// <summary>
/// Every frame of RAM by who has it. The three parts add up to the whole at any time, or a frame
/// was lost.
/// </summary>
/// <param name="Total">Frames of RAM.</param>
/// <param name="Free">Those that no one uses.</param>
/// <param name="Kernel">Image, records, page tables, heap, and what programs are made of.</param>
/// <param name="Programs">Pages and tables of processes; what several have counts once.</param>
internal readonly record struct MemoryCensus(
    ulong Total, ulong Free, ulong Kernel, ulong Programs)
{
    private static ulong _counts;

    /// <summary>Counts now; costs as much as there are processes.</summary>
    internal static MemoryCensus Take()
    {
        KernelMemory memory = ProcessTable.Memory;
        _counts++;
        ulong programs = SegmentTable.UsedFrames;
        for (Process? at = ProcessTable.First; at is not null; at = at.Younger)
            programs += FramesOf(at);
        return new MemoryCensus(
            memory.Frames.TotalFrames, memory.Frames.FreeFrames,
            memory.OwnFrames + HeapWindow.UsedFrames + ConstantTables.Frames
                + SegmentFrames.Count,
            programs);
    }

    // What processes that forked share counts once, with the first of them.
    private static ulong FramesOf(Process process)
    {
        const ulong Root = 1;
        if (process.Space is not { } space)
            return 0;
        TableFamily family = space.Table.Family;
        bool isCounted = family.CountedIn == _counts;
        family.CountedIn = _counts;
        return Root + (isCounted ? 0 : family.Tables + family.OwnFrames);
    }
}
