using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// Backers that wait for backers. One whose first thread waits within a handler serves nobody
/// meanwhile; one that waits outside of a handler is interrupted to serve, and so is no link.
/// </summary>
internal static class BackerChain
{
    /// <summary>Requests that may wait for one another: each is served by the next.</summary>
    internal const int Longest = 8;

    /// <summary>
    /// How many requests wait for one another, with that which a thread is about to make: those
    /// that its handler serves wait for it.
    /// </summary>
    internal static int LengthWith(Thread thread)
    {
        bool isServing = thread == thread.Process.FirstThread;
        return isServing ? thread.Process.Signals.Requests.AskedLength + 1 : 1;
    }

    /// <summary>Whether a thread that waits for a backer would wait for itself.</summary>
    internal static bool IsClosed(Thread thread, Process backer)
    {
        Process own = thread.Process;
        if (thread != own.FirstThread || !own.Signals.IsHandling)
            return false;
        Process at = backer;
        for (int links = 0; links <= Longest; links++)
        {
            if (at == own)
                return true;
            if (!at.Signals.IsHandling || at.FirstThread is not
                { State: ThreadState.Waiting, Waiting: WaitReason.Backer } first)
                return false;
            at = first.Backing.Backer.Process;
        }
        return true;
    }
}
