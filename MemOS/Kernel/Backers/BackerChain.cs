using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// Backers that wait for backers. One whose first thread waits within a handler serves nobody
/// meanwhile; one that waits outside of a handler is interrupted to serve, and so is no link.
/// </summary>
internal static class BackerChain
{
    // A program may be served by one that is served by one, and so on; not for ever.
    private const int MostLinks = 8;

    /// <summary>
    /// Whether a thread that waits for a backer would wait for itself, or at the end of too long a
    /// chain.
    /// </summary>
    internal static bool IsClosed(Thread thread, Process backer)
    {
        Process own = thread.Process;
        bool isServing = thread == own.FirstThread && own.Signals.IsHandling;
        Process at = backer;
        for (int links = 0; links <= MostLinks; links++)
        {
            if (isServing && at == own)
                return true;
            if (!at.Signals.IsHandling || at.FirstThread is not
                { State: ThreadState.Waiting, Waiting: WaitReason.Backer } first)
                return false;
            at = first.Backing.Backer.Process;
        }
        return true;
    }
}
