namespace MemOS.Memory.Paging;

/// <summary>
/// One unmapping on its way through the tables: why pages go, which translations are stale, and
/// how much may be done of it now.
/// </summary>
internal ref struct Unmapping<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // About what the steps cost, in instructions.
    internal const ulong PageCost = 240;
    internal const ulong CodePageCost = 1_200;
    internal const ulong LargePageCost = 1_000;
    internal const ulong TableCost = 600;
    internal const ulong TableBackCost = 900;
    internal const ulong TableCopyCost = 15_000;

    // Small pages between two looks at the budget; divides those of a table.
    internal const int PagesInStep = 64;

    public Unmapping(TranslationFlush<TMemory> flush, UnmapWay way, WorkBudget budget)
    {
        Flush = flush;
        Way = way;
        Budget = budget;
        Next = ulong.MaxValue;
    }

    /// <summary>Why pages go.</summary>
    public UnmapWay Way { get; }

    /// <summary>The first page where something may be left, if the budget was spent.</summary>
    public ulong Next { get; private set; }

    /// <summary>What has to be forgotten. A field, as it changes in place.</summary>
    public TranslationFlush<TMemory> Flush;

    /// <summary>What may still be done. A field, as it changes in place.</summary>
    public WorkBudget Budget;

    /// <summary>A small page goes; the kernel's own way to write to code is made anew.</summary>
    public void SpendFor(PageTableEntry entry) =>
        Budget.Spend(entry.Rights.CanExecute ? CodePageCost : PageCost);

    /// <summary>Whether this is all for now; if so, the rest begins at a page.</summary>
    public bool MustStopAt(ulong page)
    {
        if (!Budget.IsSpent)
        {
            return false;
        }

        Next = Next < page ? Next : page;
        return true;
    }

    /// <summary>
    /// Whether what an entry of a table of this level points to can be left to others in one step,
    /// which costs as much as there are pages below it.
    /// </summary>
    public readonly bool MayLeaveWhole(int level) =>
        !Budget.IsLimited || level == PageTable<TMemory>.LargeLevel;
}
