using MemOS.Memory.Contracts;

namespace MemOS.Processes;

/// <summary>
/// Who has the processor: a tree of groups, each of which shares what it gets among its own. So
/// what a group gets does not depend on how many are in it. The kernel's has jobs in jobs,
/// processes in jobs and threads in processes.
/// </summary>
/// <remarks>
/// The groups on the way to the running thread are running as well, each with a slice of its own:
/// a thread that stops leaves the rest of that to others of its group. Nothing here needs memory,
/// and nothing takes longer than the depth of the tree and the logarithm of a group's length.
/// </remarks>
internal sealed class ShareTree
{
    /// <summary>Nanoseconds that a share may run while others of its group are ready.</summary>
    internal const ulong Slice = 10_000_000;

    // The last group on the way to the running thread, which stands below it or has just stopped.
    private ShareGroup _last;
    private ulong _stopped;

    internal ShareTree(ShareGroup root)
    {
        Root = root;
        _last = root;
    }

    /// <summary>What all others are in.</summary>
    internal ShareGroup Root { get; }

    /// <summary>Lets a thread run from now on; nothing changes if it runs or is ready.</summary>
    internal void MakeReady(Share thread)
    {
        Share share = thread;
        while (share.Group is { } group && !share.IsQueued && group.Running != share)
        {
            bool wasIdle = group.IsIdle;
            group.Wake(share);
            if (!wasIdle)
                return;
            share = group;
        }
    }

    /// <summary>Gives the processor to a thread; none has it.</summary>
    /// <param name="now">From when on it pays.</param>
    /// <returns>The thread; null if none is ready.</returns>
    internal Share? TryChoose(ulong now)
    {
        ShareGroup group = _last;
        while (group.TryChoose(now) is { } next)
        {
            if (next is not ShareGroup inner)
            {
                if (_last != group)
                    _last = group;
                return next;
            }
            group = inner;
        }
        Ensure.That(group == Root, "a group that is ready has one that is");
        return null;
    }

    /// <summary>Stops the running thread, which waits from now on or has ended.</summary>
    internal void Stop(ulong now)
    {
        _stopped = now;
        _last.Stop(now);
        if (_last.IsIdle)
            LeaveIdle();
    }

    /// <summary>
    /// Stops the running thread, and all groups that it is in; they are ready as before.
    /// </summary>
    internal void Yield(ulong now) => PutBack(Root, now);

    /// <summary>Ends slices that are used up where others are ready.</summary>
    /// <returns>Whether the running thread has stopped.</returns>
    internal bool Tick(ulong now)
    {
        ShareGroup? until = null;
        for (Share share = _last.Running!; share.Group is { } group; share = group)
        {
            if (now - share.Since < Slice)
                continue;
            if (group.HasReady)
                until = group;
            else
                group.Renew(now);
        }
        if (until is null)
            return false;
        PutBack(until, now);
        return true;
    }

    /// <summary>Forgets a share that does not run; if it is a group, none in it is ready.</summary>
    internal void End(Share share)
    {
        ShareGroup group = share.Group!;
        bool wasReady = share.IsQueued;
        group.Withdraw(share);
        group.End(share);
        if (wasReady)
            Withdraw(group);
    }

    // Groups leave with the last of their shares that was ready.
    private void Withdraw(ShareGroup group)
    {
        while (group.IsIdle && group.Group is { } outer)
        {
            if (outer.Running == group)
            {
                LeaveIdle();
                return;
            }
            outer.Withdraw(group);
            group = outer;
        }
    }

    // Only while no thread runs: a group on the way to one that does is not idle.
    private void LeaveIdle()
    {
        ShareGroup group = _last;
        while (group.IsIdle && group.Group is { } outer)
        {
            outer.Stop(_stopped);
            group = outer;
        }
        _last = group;
    }

    private void PutBack(ShareGroup until, ulong now)
    {
        _stopped = now;
        ShareGroup group = _last;
        group.PutBack(now);
        while (group != until)
        {
            group = group.Group!;
            group.PutBack(now);
        }
        _last = group;
    }
}
