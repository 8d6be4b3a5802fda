using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>Children that are served by this process.</summary>
internal sealed class ReaderChecks(Children children)
{
    // Pages that OwnChecks leaves alone.
    private const uint Untouched = 12;
    private const ulong ForThreads = 28;
    private const ulong ForCopies = 13;
    private const ulong ForCopy = 16;
    private const int Readers = 5;

    private static readonly (ulong Page, string Name)[] _refused =
    [
        (Served.OutOfRange, "what is out of range"),
        (Served.Broken, "a hardware fault"),
        (Served.NoAnswer, "an answer that does not exist"),
        (Served.Nowhere, "a page that is nowhere"),
        (Served.Unaligned, "what is not the start of a page"),
        (Served.OfKernel, "a page of the kernel's"),
        (Served.Unserved, "a page that would have to be served"),
    ];

    internal void Run()
    {
        uint asked = Served.Asked;
        Exits("read-all", Untouched, "a child reads many pages");
        children.Checks.Equal("each was asked for once", asked + Untouched, Served.Asked);
        foreach ((ulong page, string name) in _refused)
        {
            children.Faults(Served.Segment, page, $"{name} is a fault");
            children.Reports("which its backer refused");
            Exits("read-told", page, $"{name} is told to a handler");
        }
        children.Faults(Served.Segment, Served.Late, "a late answer is a fault");
        children.Reports("whose backer did not answer in time");
        Exits("read-told", Served.Late, "a late answer is told to a handler");
        Exits("read-threads", ForThreads, "several threads of a child read");
        Exits("read-copy", ForCopy, "a copy of a child reads");
        TryMany();
        TryLate();
        TryCopies();
        foreach (string mode in (string[])["run-own", "far", "copies", "serve-copy"])
            Exits(mode, 0, "a child serves itself");
        ProcessEnd end = Process.Wait(Children.Start("starve", Served.Segment, 0));
        children.Checks.That($"without memory it ends so ({end})",
            end.Reason == EndReason.OutOfMemory);
    }

    // They wait for one page, and one signal serves all.
    private void TryMany()
    {
        uint asked = Served.Asked;
        ProcessId[] readers = new ProcessId[Readers];
        for (int i = 0; i < Readers; i++)
            readers[i] = Children.Start("read", Served.Segment, Served.Slow);
        foreach (ProcessId reader in readers)
            children.Exits(reader, "each of many is served (slow");
        children.Checks.Equal("by one signal", asked + 1, Served.Asked);
    }

    private void TryLate()
    {
        uint asked = Served.Asked;
        Exits("read-again", Served.LateOnce, "it is served when it asks again");
        children.Checks.Equal("as what came late was dropped", asked + 2, Served.Asked);
    }

    private void TryCopies()
    {
        const SharingMode Copying =
            SharingMode.Read | SharingMode.Write | SharingMode.CopyOnWrite;
        children.Exits(
            "write-copies", Served.Segment, ForCopies, "a child writes copies", Copying);
        Exits("read-all", ForCopies + 2, "which nobody else sees");
    }

    private void Exits(string mode, ulong number, string name) =>
        children.Exits(mode, Served.Segment, number, name);
}
