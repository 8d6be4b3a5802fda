using MemOS.Backers;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Memory;
using MemOS.Memory.Contracts;
using MemOS.Segments;

namespace MemOS.Processes;

/// <summary>
/// Gives back all that a process has which has come to its end, in pieces where that is much. None
/// of its threads gets to ring 3 any more; whichever is chosen for the processor does a piece
/// instead, so the work costs the process's own share. Its parent is told when all is done.
/// </summary>
internal static class ProcessEnding
{
    // About what it takes to end a thread, in instructions.
    private const ulong ThreadCost = 2_500;

    /// <summary>
    /// The process has come to its end, and nobody tells it anything or waits for it; nothing is
    /// given back yet.
    /// </summary>
    internal static void Begin(Process process, ProcessEnd end)
    {
        Ensure.That(process.Ending is null, "a process ends once");
        process.Ending = end;
        process.Listener.Leave();
        BackerRequests.Forget(process);
        Scheduler.Leave(process);
    }

    /// <summary>Has the process go on with its end when it is chosen for the processor.</summary>
    internal static void GoOnLater(Process process)
    {
        Scheduler.MakeReady(process.FirstThread!);
        Cpu.RequestErrand();
    }

    /// <summary>Does a piece.</summary>
    /// <returns>Whether all is done.</returns>
    internal static bool TryFinish(Process process)
    {
        WorkBudget budget = WorkBudget.Piece;
        if (!TryUndoBirth(process, ref budget)
            || !TryEndThreads(process, ref budget)
            || !JobEnds.TryForget(process, ref budget)
            || !ProcessTable.TryForgetChildren(process, ref budget)
            || !SegmentTable.TryForget(process, ref budget)
            || !process.LiveSpace.TryRelease(ref budget))
            return false;
        process.Space = null;
        ProcessTable.FinishEnd(process);
        return true;
    }

    /// <summary>Ends a thread of a process that ends.</summary>
    // Safe: a thread that has been removed from the scheduler runs no more, and its context is
    // given back once.
    internal static unsafe void End(Thread thread)
    {
        Scheduler.Remove(thread);
        ContextPool.Return(thread.Context);
        Charges.ReturnThread(thread.Process.Purse);
        thread.Process.RemoveThread(thread);
    }

    private static bool TryUndoBirth(Process process, ref WorkBudget budget)
    {
        if (process.Birth is { } birth && !birth.TryUndo(ref budget))
            return false;
        process.Birth = null;
        return true;
    }

    // All but the first, which is there to go on.
    private static bool TryEndThreads(Process process, ref WorkBudget budget)
    {
        while (process.FirstThread!.Next is { } thread)
        {
            if (budget.IsSpent)
                return false;
            End(thread);
            budget.Spend(ThreadCost);
        }
        return true;
    }
}
