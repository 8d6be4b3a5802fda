using System;
using System.Collections.Generic;
using MemOS.Memory.Addresses;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>Counts what the memory manager asks the processor to forget.</summary>
public sealed class SimulatedTranslationCache
{
    public HashSet<Page> Pages { get; } = [];

    public int Spaces { get; private set; }

    public int Everything { get; private set; }

    /// <summary>Managed bytes that the thread had allocated when it last forgot a page.</summary>
    public long AllocatedAtFlush { get; private set; }

    public void FlushPage(Frame root, Page page)
    {
        Pages.Add(page);
        AllocatedAtFlush = GC.GetAllocatedBytesForCurrentThread();
    }

    public void FlushSpace(Frame root) => Spaces++;

    public void FlushAll() => Everything++;

    public void Reset()
    {
        Pages.Clear();
        Spaces = 0;
        Everything = 0;
    }
}
