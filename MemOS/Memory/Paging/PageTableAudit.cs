using System;
using MemOS.Memory.Addresses;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>
/// Checks the state of the whole machine: all page tables against the records of all frames. It
/// looks at every frame and uses the managed heap, so it is for tests and for the shell. Between
/// two operations of the memory manager every rule of <see cref="AuditRule"/> holds.
/// </summary>
public static class PageTableAudit
{
    /// <summary>
    /// Checks every invariant, given the kernel's tables and those of all address spaces there
    /// are. Returns the first one that is broken.
    /// </summary>
    public static AuditFinding Check<TMemory>(
        FrameAllocator<TMemory> frames,
        PageTable<TMemory> kernel,
        ReadOnlySpan<PageTable<TMemory>> spaces)
        where TMemory : struct, IPhysicalMemory
    {
        var tables = new AuditOfTables<TMemory>(frames, spaces.Length + 1);
        var records = new AuditOfFrames<TMemory>(frames, tables);
        foreach (PageTable<TMemory> space in spaces)
        {
            tables.CompareKernelHalf(space, kernel);
            tables.Walk(space);
        }

        // In the kernel, this may be where the managed heap lies: it does not grow from here on.
        tables.Walk(kernel);
        tables.CompareFamilies();
        return tables.Finding.IsSound
            ? records.Check()
            : tables.Finding;
    }
}
