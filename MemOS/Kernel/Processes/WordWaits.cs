using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;

namespace MemOS.Processes;

/// <summary>
/// Threads that wait for words of memory, by the words' place in their page, which is the same
/// wherever the page is mapped. Whoever waits longest wakes first.
/// </summary>
internal static class WordWaits
{
    private const int WordBytes = 4;

    private static NodeList<WordWait>[] _lines = [];

    /// <summary>Nobody waits.</summary>
    internal static void Start() =>
        _lines = new NodeList<WordWait>[PageSizes.SmallBytes / WordBytes];

    /// <summary>Adds a thread that waits for no word yet.</summary>
    internal static void Add(WordWait wait, in Word word)
    {
        wait.Word = word;
        wait.IsQueued = true;
        wait.Thread.Process.WordWaiters++;
        LineOf(word).Add(wait);
    }

    /// <summary>Takes a thread out, if it is in.</summary>
    internal static void Remove(WordWait wait)
    {
        if (wait.IsQueued)
            TakeOut(wait);
    }

    /// <summary>
    /// Has the threads of a process that wait for words at addresses where nothing is mapped any
    /// more make their calls again, which tell them so.
    /// </summary>
    internal static void WakeUnmapped(Process process)
    {
        if (process.WordWaiters == 0 || process.Space is not { } space)
            return;
        ulong mapped = 0;
        for (Thread? thread = process.FirstThread; thread is not null; thread = thread.Next)
        {
            if (!thread.Word.IsQueued)
                continue;
            ulong page = thread.Word.Word.Address / PageSizes.SmallBytes;
            // Many wait for words of one page.
            if (page == mapped)
                continue;
            if (IsMapped(space, thread.Word.Word))
                mapped = page;
            else
                Scheduler.MakeReady(thread);
        }
    }

    /// <summary>Takes the thread out that has waited longest for a word.</summary>
    /// <returns>The thread; null if none waits.</returns>
    internal static Thread? Take(in Word word)
    {
        WordWait? wait = LineOf(word).First;
        while (wait is not null && !wait.Word.IsSame(word))
            wait = wait.Next;
        if (wait is null)
            return null;
        TakeOut(wait);
        return wait.Thread;
    }

    private static void TakeOut(WordWait wait)
    {
        wait.IsQueued = false;
        wait.Thread.Process.WordWaiters--;
        LineOf(wait.Word).Remove(wait);
    }

    private static bool IsMapped(AddressSpace<MachineMemory> space, in Word word) =>
        VirtualAddress.TryCreate(word.Address, out VirtualAddress address)
            && space.TryFind(address, out _);

    private static ref NodeList<WordWait> LineOf(in Word word) =>
        ref _lines[word.Address % PageSizes.SmallBytes / WordBytes];
}
