using System;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

[Collection(CountsAllocations.Name)]
public sealed class IdTreeTests
{
    [Fact]
    public void Adding_and_removing_allocates_nothing()
    {
        IdTree<Node> tree = default;
        Node[] nodes = [.. Enumerable.Range(0, 1_000).Select(i => new Node((ulong)i * 77))];
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (Node node in nodes)
        {
            tree.Add(node);
        }

        foreach (Node node in nodes)
        {
            tree.Remove(node);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private sealed class Node(ulong number) : IdNode<Node>(number);
}
