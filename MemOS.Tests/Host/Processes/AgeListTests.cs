using System.Collections.Generic;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

public sealed class AgeListTests
{
    // Numbers 2, 4, 6, 8.
    private readonly Node[] _nodes = [new(2), new(4), new(6), new(8)];

    [Theory]
    [InlineData(new int[] { })]
    [InlineData(new int[] { 0 })]
    [InlineData(new int[] { 3 })]
    [InlineData(new int[] { 1, 2 })]
    [InlineData(new int[] { 3, 2, 0 })]
    [InlineData(new int[] { 0, 1, 2, 3 })]
    public void Those_that_are_left_stand_by_age(int[] removed)
    {
        AgeList<Node> list = Fill();
        List<Node> left = [.. _nodes];
        foreach (int which in removed)
        {
            list.Remove(_nodes[which]);
            left.Remove(_nodes[which]);
        }

        Node added = new(10);
        list.Add(added);
        left.Add(added);
        List<Node> found = [];
        for (Node? node = list.Oldest; node is not null; node = node.Younger)
        {
            found.Add(node);
        }

        Assert.Equal(left, found);
    }

    [Fact]
    public void The_next_of_a_number_is_found_whether_that_is_in_or_not()
    {
        AgeList<Node> list = Fill();
        Assert.Same(_nodes[0], list.After(0, null));
        Assert.Same(_nodes[2], list.After(4, _nodes[1]));
        Assert.Same(_nodes[2], list.After(4, null));
        Assert.Same(_nodes[2], list.After(5, null));
        Assert.Null(list.After(8, _nodes[3]));
        Assert.Null(list.After(9, null));
        list.Remove(_nodes[1]);
        Assert.Same(_nodes[2], list.After(4, null));
    }

    private AgeList<Node> Fill()
    {
        AgeList<Node> list = default;
        foreach (Node node in _nodes)
        {
            list.Add(node);
        }

        return list;
    }

    private sealed class Node(ulong number) : AgedNode<Node>(number);
}
