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
    /// <summary>
    /// Counts now: programs have what is neither free nor the kernel's. An audit counts what they
    /// have one by one, and finds the same.
    /// </summary>
    internal static MemoryCensus Take()
    {
        MemoryCensus others = With(0);
        return others with { Programs = others.Total - others.Free - others.Kernel };
    }

    /// <summary>The census, of which the part of programs was counted before.</summary>
    internal static MemoryCensus With(ulong programs)
    {
        KernelMemory memory = ProcessTable.Memory;
        return new MemoryCensus(
            memory.Frames.TotalFrames, memory.Frames.FreeFrames,
            memory.OwnFrames + HeapWindow.UsedFrames + ConstantTables.Frames
                + SegmentFrames.Count,
            programs);
    }

    /// <summary>
    /// Frames that are a process's own; what processes that forked share counts once, with the
    /// first of them.
    /// </summary>
    /// <param name="process">The process.</param>
    /// <param name="number">The number of the count.</param>
    internal static ulong FramesOf(Process process, ulong number)
    {
        const ulong Root = 1;
        if (process.Space is not { } space)
            return 0;
        TableFamily family = space.Table.Family;
        return Root + (family.TryCountIn(number) ? family.Tables + family.OwnFrames : 0);
    }
}
