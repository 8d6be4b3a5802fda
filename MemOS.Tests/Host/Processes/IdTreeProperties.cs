using System.Collections.Generic;
using System.Linq;
using MemOS.Processes;

namespace MemOS.Tests.Host.Processes;

/// <summary>The tree beside a dictionary.</summary>
public sealed class IdTreeProperties
{
    // Numbers that are alike in most bits, in the highest alone, or one after the other.
    private static readonly Gen<ulong> Numbers = Gen.OneOf(
        Gen.ULong[0, 40], Gen.ULong[0, 20].Select(number => number << 58), Gen.ULong);

    [Fact]
    public void It_finds_what_was_added_whatever_goes() =>
        Gen.Select(Numbers.Array[1, 40], Gen.Int[0, 39].Array[0, 200]).Sample((numbers, steps) =>
        {
            IdTree<Node> tree = default;
            Dictionary<ulong, Node> expected = [];
            foreach (ulong number in steps.Select(step => numbers[step % numbers.Length]))
            {
                if (expected.Remove(number, out Node? known))
                {
                    tree.Remove(known);
                }
                else
                {
                    Node node = new(number);
                    tree.Add(node);
                    expected.Add(number, node);
                }

                Assert.All(numbers, one =>
                    Assert.Same(expected.GetValueOrDefault(one), tree.Find(one)));
                Assert.Equal(expected.Values.ToHashSet(), Walk(tree).ToHashSet());
                Assert.Equal(expected.Count, Walk(tree).Count());
                Assert.Equal(expected.Count, tree.Count);
            }
        }, iter: 1_000);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0, 0x9E37_79B9_7F4A_7C15)]
    [InlineData(0, 1ul << 48)]
    public void No_node_is_deeper_than_a_number_has_bits(ulong first, ulong step)
    {
        IdTree<Node> tree = default;
        Node[] nodes =
            [.. Enumerable.Range(0, 50_000).Select(i => new Node(first + ((ulong)i * step)))];
        foreach (Node node in nodes)
        {
            tree.Add(node);
        }

        Assert.InRange(nodes.Max(node => Depth(tree, node)), 0, 64);
        foreach (Node node in nodes)
        {
            tree.Remove(node);
        }

        Assert.Null(tree.Root);
    }

    private static IEnumerable<Node> Walk(IdTree<Node> tree)
    {
        for (Node? node = tree.Root; node is not null; node = tree.Next(node))
        {
            yield return node;
        }
    }

    private static int Depth(IdTree<Node> tree, Node node)
    {
        int depth = 0;
        ulong bits = node.Number;
        for (Node at = tree.Root!; at != node; bits >>= 1, depth++)
        {
            at = ((bits & 1) == 0 ? at.Low : at.High)!;
        }

        return depth;
    }

    private sealed class Node(ulong number) : IdNode<Node>(number);
}
