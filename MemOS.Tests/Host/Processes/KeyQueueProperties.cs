using System.Collections.Generic;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>The queue beside a list that is searched from end to end.</summary>
public sealed class KeyQueueProperties
{
    // A small key space, so that many are alike.
    private static readonly Gen<(int Node, ulong Key)[]> Steps =
        Gen.Select(Gen.Int[0, 39], Gen.ULong[0, 30]).Array[0, 300];

    [Fact]
    public void The_first_is_always_the_lowest_whatever_goes_in_and_out() =>
        Steps.Sample(Run, iter: 2_000);

    [Fact]
    public void All_come_out_in_order()
    {
        KeyQueue queue = new();
        foreach (ulong key in Enumerable.Range(0, 1_000).Select(i => (ulong)i * 7 % 1_000))
        {
            queue.Add(new Node(), key);
        }

        for (ulong key = 0; key < 1_000; key++)
        {
            Assert.Equal(key, queue.First!.Key);
            queue.Remove(queue.First);
        }

        Assert.Null(queue.First);
    }

    [Fact]
    public void Of_those_with_the_same_key_the_oldest_comes_first()
    {
        KeyQueue queue = new();
        Node oldest = new();
        queue.Add(oldest, 5);
        queue.Add(new Node(), 5);
        Assert.Same(oldest, queue.First);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void However_nodes_come_the_way_down_by_right_children_stays_short(int step)
    {
        const int Count = 100_000;
        KeyQueue queue = new();
        for (int i = 0; i < Count; i++)
            queue.Add(new Node(), (ulong)(Count + step * i));
        for (int left = Count; left > 0; left--)
        {
            int way = 0;
            for (KeyNode? node = queue.First; node is not null; node = node.Right)
                way++;
            Assert.InRange(way, 1, int.Log2(left + 1));
            queue.Remove(queue.First!);
        }
    }

    // A step takes a node out that is in, and puts it in if it is not.
    private static void Run((int Node, ulong Key)[] steps)
    {
        KeyQueue queue = new();
        Node[] nodes = [.. Enumerable.Range(0, 40).Select(_ => new Node())];
        List<Node> expected = [];
        foreach ((int index, ulong key) in steps)
        {
            Node node = nodes[index];
            if (expected.Remove(node))
            {
                queue.Remove(node);
            }
            else
            {
                queue.Add(node, key);
                expected.Add(node);
            }

            Check(queue.First);
            Assert.Equal(expected.Contains(node), node.IsQueued);
            Assert.Equal(expected.Count == 0 ? null : expected.Min(n => n.Key), queue.First?.Key);
        }

        while (queue.First is Node first)
        {
            Assert.True(expected.Remove(first));
            Assert.True(expected.All(n => n.Key >= first.Key));
            queue.Remove(first);
        }

        Assert.Empty(expected);
        Assert.All(nodes, n => Assert.True(n is { Left: null, Right: null, Parent: null }));
    }

    // Each node comes no earlier than its parent, knows it, and has its longer side on the left.
    private static int Check(KeyNode? node)
    {
        if (node is null)
            return 0;
        foreach (KeyNode child in new[] { node.Left, node.Right }.OfType<KeyNode>())
        {
            Assert.Same(node, child.Parent);
            Assert.True(child.Key >= node.Key);
        }

        int left = Check(node.Left);
        int right = Check(node.Right);
        Assert.True(left >= right);
        Assert.Equal(right + 1, node.Rank);
        return node.Rank;
    }

    private sealed class Node : KeyNode;
}
