using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>Children that serve others: what becomes of those when they do not.</summary>
internal sealed class BackerChecks(Children children)
{
    private const ushort Delay = 30_000;

    internal void Run()
    {
        TryEnd();
        TryKill();
        TryReadiness();
        TryHandlers();
        TryReaders();
        TryItself();
    }

    private void TryEnd()
    {
        BackingChild backer = new("back");
        ulong start = backer.Segment.Map().Start.Value;
        children.Checks.That("a child serves its parent", Served.IsRight(start, 1));
        children.Exits("read-all", backer.Segment, 4, "and who is given a share on");
        children.Faults(backer.Segment, Served.Ends, "its end is a fault of who waits");
        children.Reports("whose backer has ended");
        children.Exits(backer.Id, "it ended as it wished (back");
        children.Checks.That("what it had supplied stays", Served.IsRight(start, 1));
        children.Exits("read-all", backer.Segment, 4, "for others too");
        children.Faults(backer.Segment, 5, "all else is a fault from then on");
        children.Reports("whose backer has ended");
    }

    private void TryKill()
    {
        BackingChild backer = new("back");
        ProcessId reader = Children.Start("read", backer.Segment, Served.Slow);
        AwaitWaiting(reader);
        backer.End();
        children.Faults(reader, "who waits for one that is killed gets a fault (slow");
        children.Reports("whose backer has ended");
    }

    private void TryReadiness()
    {
        BackingChild late = new("back-late");
        children.Exits("read", late.Segment, 1, "who asks before it is ready waits");
        late.End();
        BackingChild never = new("back-never");
        children.Faults(never.Segment, 1, "but not for ever");
        children.Reports("whose backer did not answer in time");
        never.End();
    }

    private void TryHandlers()
    {
        BackingChild none = new("back-none");
        children.Faults(none.Segment, 1, "without a handler it is a fault");
        children.Reports("whose backer has no handler for it");
        none.End();
        BackingChild told = new("back-told");
        children.Faults(told.Segment, 1, "a handler that is no code is none");
        children.Reports("whose backer has no handler for it");
        children.Exits(told.Id, "which is told to HANDLER_FAULT (back-told");
        BackingChild bad = new("back-bad");
        children.Faults(bad.Segment, 1, "without HANDLER_FAULT neither");
        children.HasFaulted(bad.Id, "and the backer is ended (back-bad", FaultKind.Execute);
        BackingChild without = new("back-given-up");
        without.Give(Served.Segment);
        children.Exits("read", without.Segment, 1, "what was given up is served all the same");
        without.End();
        BackingChild next = new("back-next");
        children.Exits("read", next.Segment, 1, "when its first thread ends the next is asked");
        next.End();
    }

    private void TryReaders()
    {
        BackingChild backer = new("back");
        ProcessId warned = Children.Start("read-warned", backer.Segment, Served.Slow);
        AwaitWaiting(warned);
        ProcessEnd end = Process.Kill(warned, Delay);
        children.Checks.That($"who waits is told of other signals ({end})",
            end.Reason == EndReason.Exited && end.Data == Program.Right);
        ProcessId killed = Children.Start("read", backer.Segment, Served.Slow + 1);
        AwaitWaiting(killed);
        end = Process.Kill(killed);
        children.Checks.That($"who waits can be ended ({end})", end.Reason == EndReason.Killed);
        ProcessId unshared = Children.Start("read", backer.Segment, Served.Copied);
        children.Exits(unshared, "the answer to it harms nobody (copied");
        ProcessId losing = Children.Start("read", backer.Segment, Served.Slow + 2);
        AwaitWaiting(losing);
        backer.Segment.Unshare(losing);
        children.Faults(losing, "a share that is taken back is a fault (slow");
        backer.End();
    }

    private void TryItself()
    {
        BackingChild backer = new("back");
        children.Faults(backer.Segment, Served.ReadsItself, "who serves cannot ask itself");
        children.HasFaulted(backer.Id, "and is ended for it (back");
    }

    private static void AwaitWaiting(ProcessId process)
    {
        while (!Array.Exists(
            Process.List(), one => one.Id == process && one.State == ProcessState.Waiting))
            Clock.Sleep(1);
        // It may have waited for its share.
        Clock.Sleep(200);
    }
}
