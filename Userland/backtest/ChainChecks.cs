using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>Backers that are served by backers.</summary>
internal sealed class ChainChecks(Children children)
{
    // Handlers that may wait for one another.
    private const int Longest = 8;

    internal void Run()
    {
        TryChain();
        TryCircle();
    }

    private void TryChain()
    {
        BackingChild[] backers = new BackingChild[Longest + 1];
        for (int i = 0; i < backers.Length; i++)
        {
            backers[i] = new BackingChild("back");
            if (i != 0)
                backers[i].Give(backers[i - 1].Segment);
        }
        children.Exits(
            "read", backers[^2].Segment, Served.Copied, "the longest chain serves");
        children.Faults(backers[^1].Segment, Served.CopiedToo, "a longer one does not");
        backers[0].End();
        // Who waits at the end of too long a chain is ended, and those that wait for it.
        for (int i = 1; i < backers.Length; i++)
            children.HasFaulted(backers[i].Id, $"link {i} of too long a chain is ended (back");
    }

    private void TryCircle()
    {
        BackingChild one = new("back");
        BackingChild other = new("back");
        one.Give(other.Segment);
        other.Give(one.Segment);
        children.Faults(one.Segment, Served.Crossed, "who waits for a circle gets a fault");
        children.HasFaulted(other.Id, "the one that closes it is ended (back");
        children.HasFaulted(one.Id, "and the one that waits for it (back");
    }
}
