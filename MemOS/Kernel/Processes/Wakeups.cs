using MemOS.Backers;
using MemOS.Hardware;
using MemOS.Memory;

namespace MemOS.Processes;

/// <summary>
/// Wakes what is too much for one entry into the kernel, in pieces between which interrupts are let
/// in. No program runs before all are awake: nothing changes meanwhile but what interrupts do, and
/// nobody is forgotten whoever ends. What is to be woken is known to those it concerns.
/// </summary>
internal static class Wakeups
{
    /// <summary>About what it takes to wake a thread, in instructions.</summary>
    internal const ulong Cost = 1_000;

    /// <summary>Whether there is somebody to wake.</summary>
    internal static bool IsUnderWay { get; private set; }

    /// <summary>There is, since just now.</summary>
    internal static void Request()
    {
        IsUnderWay = true;
        Cpu.RequestErrand();
    }

    /// <summary>Does a piece.</summary>
    internal static void GoOn()
    {
        WorkBudget budget = WorkBudget.Piece;
        IsUnderWay = !(Scheduler.TryWake(ref budget) && WordWaits.TryGoOn(ref budget)
            && UnmappedWords.TryGoOn(ref budget) && BackerRequests.TryGoOn(ref budget));
    }
}
