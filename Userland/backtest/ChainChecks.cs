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
        TryChain(Longest);
        TryChain(Longest + 1);
        TryCircle();
    }

    private void TryChain(int length)
    {
        BackingChild[] backers = new BackingChild[length];
        for (int i = 0; i < length; i++)
        {
            backers[i] = new BackingChild("back");
            if (i != 0)
                backers[i].Give(backers[i - 1].Segment);
        }
        Segment last = backers[^1].Segment;
        if (length <= Longest)
            children.Exits("read", last, Served.Copied, $"a chain of {length} serves");
        else
            children.Faults(last, Served.Copied, $"a chain of {length} does not");
        for (int i = 0; i < length; i++)
        {
            // Who waits at the end of too long a chain is ended, and those that wait for it.
            if (length > Longest && i > 0)
                children.Faults(backers[i].Id, $"link {i} of {length} is ended (back");
            else
                backers[i].End();
        }
    }

    private void TryCircle()
    {
        BackingChild one = new("back");
        BackingChild other = new("back");
        one.Give(other.Segment);
        other.Give(one.Segment);
        children.Faults(one.Segment, Served.Crossed, "who waits for a circle gets a fault");
        children.Faults(other.Id, "the one that closes it is ended (back");
        children.Faults(one.Id, "and the one that waits for it (back");
    }
}
