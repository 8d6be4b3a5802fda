using System;
using System.Runtime.CompilerServices;
using Cosmos.Runtime.Heap;

namespace MemOS.Tests.Target.Runtime;

/// <summary>
/// A graph of objects that changes at random between tiny slices of collections, beside the same
/// graph in numbers, which no collector touches.
/// </summary>
internal static class SliceGraph
{
    private const int Places = 400;
    private const int Steps = 20_000;
    private const int StepsPerCheck = 500;

    private static readonly Node?[] _nodes = new Node?[Places];
    private static readonly int[] _first = new int[Places];
    private static readonly int[] _second = new int[Places];
    private static readonly int[] _names = new int[Places];
    private static int _nextName;
    private static Random? _random;

    /// <summary>Runs it; to be called where the stack refers to no node.</summary>
    /// <returns>What is wrong, or nothing.</returns>
    public static string Run()
    {
        _random = new Random(11);
        for (int step = 0; step < Steps; step++)
        {
            Change();
            if (!ManagedHeap.IsCollecting && step % 3 == 0) GC.Collect();
            ManagedHeap.CollectInPart(_random.Next(1, 2000));
            if (step % StepsPerCheck == 0 && !IsRight())
                return $"after step {step} the graph is another";
        }

        Array.Clear(_nodes);
        return "";
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Change()
    {
        int at = _random!.Next(Places);
        int other = _random.Next(Places);
        switch (_random.Next(6))
        {
            case 0 or 1:
                _names[at] = ++_nextName;
                _nodes[at] = new Node(_nextName);
                _first[at] = 0;
                _second[at] = 0;
                break;
            case 2 when _nodes[at] is { } node:
                node.First = _nodes[other];
                _first[at] = node.First is null ? 0 : _names[other];
                break;
            case 3 when _nodes[at] is { } node:
                node.Rest.Second = _nodes[other];
                _second[at] = node.Rest.Second is null ? 0 : _names[other];
                break;
            case 4 when _nodes[at] is { } node && _nodes[other] is { } from:
                node.Rest = from.Rest;
                _second[at] = _second[other];
                break;
            case 5 when at + other < Places:
                MoveDown(at, other);
                break;
        }
    }

    // The nodes from a place on take the places further down.
    private static void MoveDown(int to, int by)
    {
        int count = Places - to - by;
        Array.Copy(_nodes, to + by, _nodes, to, count);
        Array.Copy(_names, to + by, _names, to, count);
        Array.Copy(_first, to + by, _first, to, count);
        Array.Copy(_second, to + by, _second, to, count);
        Array.Clear(_nodes, Places - by, by);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool IsRight()
    {
        for (int i = 0; i < Places; i++)
        {
            if (_nodes[i] is not { } node) continue;
            if (!node.Is(_names[i])) return false;
            if (!Is(node.First, _first[i]) || !Is(node.Rest.Second, _second[i])) return false;
        }

        return true;
    }

    private static bool Is(Node? node, int name) => node is null ? name == 0 : node.Is(name);

    private struct Links(long number, object? other)
    {
        public long Number = number;
        public object? Other = other;
        public Node? Second = null;
    }

    private sealed class Node(int name)
    {
        private readonly long _check = ~(long)name;

        public readonly int Name = name;
        public Node? First;
        public Links Rest = new(name, null);

        public bool Is(int name) => Name == name && _check == ~(long)name;
    }
}
