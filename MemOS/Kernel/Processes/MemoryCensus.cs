using MemOS.Mapping;
using MemOS.Memory.AddressSpaces;
using MemOS.Programs;

namespace MemOS.Processes;

/// <summary>
/// Every frame of RAM by who has it. The three parts add up to the whole at any time, or a frame
/// was lost.
/// </summary>
/// <param name="Total">Frames of RAM.</param>
/// <param name="Free">Those that no one uses.</param>
/// <param name="Kernel">Image, records, page tables, heap, and what programs are made of.</param>
/// <param name="Programs">Pages and page tables of processes.</param>
internal readonly record struct MemoryCensus(
    ulong Total, ulong Free, ulong Kernel, ulong Programs)
{
    /// <summary>Counts now; costs as much as there are processes.</summary>
    internal static MemoryCensus Take()
    {
        KernelMemory memory = ProcessTable.Memory;
        ulong programs = 0;
        for (int i = 0; i < ProcessTable.Count; i++)
            programs += FramesOf(ProcessTable.At(i));
        return new MemoryCensus(
            memory.Frames.TotalFrames, memory.Frames.FreeFrames,
            memory.OwnFrames + HeapWindow.UsedFrames + SegmentFrames.Count, programs);
    }

    private static ulong FramesOf(Process process)
    {
        const ulong Root = 1;
        AddressSpace<MachineMemory>? space = process.Space;
        return space is null
            ? 0
            : space.ResidentPages - process.Image.SharedPages + space.Table.Tables + Root;
    }
}
