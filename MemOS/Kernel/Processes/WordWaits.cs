using System.Runtime.CompilerServices;
using MemOS.Memory;
using MemOS.Syscalls;

namespace MemOS.Processes;

/// <summary>
/// Threads that wait for words of memory, and for words that stand for something of the kernel's
/// (<see cref="KernelWords"/>).
/// Whoever waits longest for a word wakes first. However many wait, adding one, finding a word and
/// having all who wait for it woken take no longer.
/// </summary>
internal static class WordWaits
{
    // Lines by a number that no program knows, so that none can have many words share one.
    private const int LineBits = 10;
    private const int NumberBits = 64;
    private const ulong ProcessFactor = 0x9E3779B97F4A7C15;

    private static NodeList<WordWait>[] _lines = [];
    private static ulong _factor;

    // Rings that are woken.
    private static NodeList<WordWait> _waking;

    /// <summary>Nobody waits.</summary>
    /// <param name="random">Any number, which no program knows.</param>
    internal static void Start(ulong random)
    {
        _factor = random | 1;
        _lines = new NodeList<WordWait>[1 << LineBits];
    }

    /// <summary>Adds a thread that waits for no word yet.</summary>
    internal static void Add(WordWait wait, in Word word)
    {
        wait.Word = word;
        wait.IsQueued = true;
        wait.Thread.Process.WordWaiters++;
        wait.Line = LineOf(word);
        ref NodeList<WordWait> line = ref LineAt(wait.Line);
        if (FindFirst(line.First, word) is { } first)
        {
            first.Append(wait);
            return;
        }
        wait.IsFirst = true;
        line.Add(wait);
    }

    /// <summary>Takes a thread out, if it is in.</summary>
    internal static void Remove(WordWait wait)
    {
        if (wait.IsQueued)
            TakeOut(wait);
    }

    /// <summary>Takes the thread out that has waited longest for a word.</summary>
    /// <returns>The thread; null if none waits.</returns>
    internal static Thread? Take(in Word word)
    {
        WordWait? first = FindFirst(word) ?? FindOwn(word);
        if (first is null)
            return null;
        TakeOut(first);
        return first.Thread;
    }

    /// <summary>
    /// Wakes all who wait for a word: the first at once, others before any program runs.
    /// </summary>
    internal static void WakeAll(in Word word, WordWakeup wakeup)
    {
        if (FindFirst(word) is not { } first)
            return;
        WordWait next = first.Later;
        TakeOut(first);
        Wake(first.Thread, wakeup);
        if (next == first)
            return;
        LineAt(next.Line).Remove(next);
        next.Wakeup = wakeup;
        _waking.Add(next);
        Wakeups.Request();
    }

    /// <summary>Wakes more of those that are to be woken.</summary>
    /// <returns>False: there are more.</returns>
    internal static bool TryGoOn(ref WorkBudget budget)
    {
        while (_waking.First is { } first)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(Wakeups.Cost);
            WordWakeup wakeup = first.Wakeup;
            TakeOut(first);
            Wake(first.Thread, wakeup);
        }
        return true;
    }

    private static void Wake(Thread thread, WordWakeup wakeup)
    {
        if (wakeup == WordWakeup.Finish)
            SyscallCall.FinishParked(thread);
        else
            Scheduler.MakeReady(thread);
    }

    private static void TakeOut(WordWait wait)
    {
        wait.IsQueued = false;
        wait.Thread.Process.WordWaiters--;
        WordWait next = wait.Later;
        bool isAlone = next == wait;
        if (!isAlone)
            wait.Leave();
        if (!wait.IsFirst)
            return;
        ref NodeList<WordWait> list = ref ListOf(wait);
        list.Remove(wait);
        // The next one of the ring takes the place of the first.
        if (!isAlone)
        {
            next.IsFirst = true;
            next.Wakeup = wait.Wakeup;
            list.Add(next);
        }
        wait.IsFirst = false;
        wait.Wakeup = WordWakeup.None;
    }

    private static WordWait? FindFirst(in Word word) =>
        FindFirst(LineAt(LineOf(word)).First, word);

    // Some may have come before the word was a segment's.
    private static WordWait? FindOwn(in Word word) =>
        word.Shared != 0 ? FindFirst(word with { Shared = 0 }) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static WordWait? FindFirst(WordWait? wait, in Word word)
    {
        while (wait is not null && !wait.Word.IsSame(word))
            wait = wait.Next;
        return wait;
    }

    private static ref NodeList<WordWait> ListOf(WordWait first)
    {
        if (first.Wakeup != WordWakeup.None)
            return ref _waking;
        return ref LineAt(first.Line);
    }

    private static ref NodeList<WordWait> LineAt(int index) => ref _lines[index];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LineOf(in Word word)
    {
        unchecked
        {
            ulong key = word.Shared != 0
                ? word.Shared
                : word.Address + (word.Process.Value * ProcessFactor);
            return (int)((key * _factor) >> (NumberBits - LineBits));
        }
    }
}
