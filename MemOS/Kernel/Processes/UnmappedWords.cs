using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Processes;

/// <summary>
/// Threads that wait for words where nothing is mapped any more: they make their calls again, which
/// tell them so.
/// </summary>
internal static class UnmappedWords
{
    // About what it takes to pass over a thread, and to look whether its word is mapped, in
    // instructions.
    private const ulong PassingCost = 20;
    private const ulong LookingCost = 80;

    // The processes that are looked through, each with the next.
    private static Process? _first;

    /// <summary>
    /// Wakes those of a process, as something is unmapped: at once as far as the budget goes,
    /// others before any program runs.
    /// </summary>
    internal static void Wake(Process process, ref WorkBudget budget)
    {
        // Threads of a process that ends make no calls.
        if (process.WordWaiters == 0 || process.Ending is not null)
            return;
        // All are looked at anew.
        process.WordsFrom = process.FirstThread;
        if (process.IsInUnmapped || TryGoOn(process, ref budget))
            return;
        process.IsInUnmapped = true;
        process.NextInUnmapped = _first;
        _first = process;
        Wakeups.Request();
    }

    /// <summary>Looks at more threads.</summary>
    /// <returns>False: there are more.</returns>
    internal static bool TryGoOn(ref WorkBudget budget)
    {
        while (_first is { } process)
        {
            if (!TryGoOn(process, ref budget))
                return false;
            _first = process.NextInUnmapped;
            process.NextInUnmapped = null;
            process.IsInUnmapped = false;
        }
        return true;
    }

    private static bool TryGoOn(Process process, ref WorkBudget budget)
    {
        ulong mapped = 0;
        while (process is { WordsFrom: { } thread, Space: { } space })
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(PassingCost);
            process.WordsFrom = thread.Next;
            Word word = thread.Word.Word;
            ulong page = word.Address / PageSizes.SmallBytes;
            // The kernel's own words are not mapped anywhere. Many wait for words of one page.
            if (!thread.Word.IsQueued || word.Process == default || page == mapped)
                continue;
            budget.Spend(LookingCost);
            if (IsMapped(space, word))
            {
                mapped = page;
                continue;
            }
            budget.Spend(Wakeups.Cost);
            Scheduler.MakeReady(thread);
        }
        return true;
    }

    private static bool IsMapped(AddressSpace<MachineMemory> space, in Word word) =>
        VirtualAddress.TryCreate(word.Address, out VirtualAddress address)
            && space.TryFind(address, out _);
}
