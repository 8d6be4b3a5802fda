using System.Collections.Generic;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>The list beside one that is searched from end to end.</summary>
public sealed class NodeListProperties
{
    [Fact]
    public void Nodes_stand_in_the_order_in_which_they_came_whoever_leaves() =>
        Gen.Int[0, 9].Array[0, 100].Sample(steps =>
        {
            NodeList<Node> list = default;
            Node[] nodes = [.. Enumerable.Range(0, 10).Select(_ => new Node())];
            List<Node> expected = [];
            foreach (Node node in steps.Select(step => nodes[step]))
            {
                if (expected.Remove(node))
                {
                    list.Remove(node);
                }
                else
                {
                    list.Add(node);
                    expected.Add(node);
                }

                Assert.Equal(expected, Walk(list));
                Assert.Same(expected.LastOrDefault(), list.Last);
            }
        });

    private static IEnumerable<Node> Walk(NodeList<Node> list)
    {
        for (Node? node = list.First; node is not null; node = node.Next)
        {
            yield return node;
        }
    }

    private sealed class Node : ListNode<Node>;
}
