using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Processes;

/// <summary>A thread's place in a queue.</summary>
internal sealed class QueueNode(Thread thread)
{
    private const int Nowhere = -1;

    internal Thread Thread { get; } = thread;

    internal ulong Key { get; set; }

    internal int Position { get; set; } = Nowhere;

    internal bool IsQueued => Position != Nowhere;

    internal void Leave() => Position = Nowhere;
}

/// <summary>
/// Threads by a number, the lowest first: a binary heap, so that every operation costs the
/// logarithm of the length.
/// </summary>
internal sealed class ThreadQueue
{
    private QueueNode?[] _nodes = new QueueNode?[64];

    internal int Count { get; private set; }

    /// <summary>The thread with the lowest number; the queue is not empty.</summary>
    internal QueueNode First => _nodes[0]!;

    internal void Add(QueueNode node, ulong key)
    {
        Ensure.That(!node.IsQueued, "a thread is in a queue once");
        if (Count == _nodes.Length)
            Array.Resize(ref _nodes, Count * 2);
        node.Key = key;
        Count++;
        Rise(node, Count - 1);
    }

    /// <summary>Takes a thread out, if it is in.</summary>
    internal void Remove(QueueNode node)
    {
        if (node.IsQueued)
            TakeOut(node);
    }

    private void TakeOut(QueueNode node)
    {
        int hole = node.Position;
        node.Leave();
        Count--;
        QueueNode last = _nodes[Count]!;
        _nodes[Count] = null;
        if (hole == Count)
            return;
        // The last one may have to go either way from where the hole is.
        if (hole > 0 && last.Key < _nodes[Parent(hole)]!.Key)
            Rise(last, hole);
        else
            Sink(last, hole);
    }

    private static int Parent(int position) => (int)((uint)(position - 1) / 2);

    private void Rise(QueueNode node, int position)
    {
        while (position > 0)
        {
            int parent = Parent(position);
            QueueNode above = _nodes[parent]!;
            if (above.Key <= node.Key)
                break;
            Put(above, position);
            position = parent;
        }
        Put(node, position);
    }

    private void Sink(QueueNode node, int position)
    {
        while (true)
        {
            int child = (2 * position) + 1;
            if (child >= Count)
                break;
            QueueNode below = _nodes[child]!;
            if (child + 1 < Count && _nodes[child + 1]!.Key < below.Key)
                below = _nodes[++child]!;
            if (node.Key <= below.Key)
                break;
            Put(below, position);
            position = child;
        }
        Put(node, position);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put(QueueNode node, int position)
    {
        _nodes[position] = node;
        node.Position = position;
    }
}
