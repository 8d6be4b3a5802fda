using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Segments;

/// <summary>
/// Which frame is behind which page of a segment: a radix tree of 512 entries a node, each node a
/// frame of its own, so that a segment costs no managed memory a page. It holds its frames. A
/// large frame is one entry, in the place of a node of small ones. Frames for nodes are kept back
/// before they are needed: all from the start, or those for one more page. A segment of one page
/// needs no node.
/// </summary>
internal struct FrameTree<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const int IndexBits = 9;
    private const int EntryCount = 1 << IndexBits;
    private const int FrameShift = 12;
    private const ulong Used = 1;
    private const ulong LargeFrame = 2;

    // About what it takes to drop a node, in instructions.
    private const ulong NodeCost = 2_000;

    private readonly FrameAllocator<TMemory> _frames;
    private readonly ulong _capacity;
    private readonly int _height;
    private ulong _top;

    /// <summary>A tree without frames.</summary>
    /// <param name="frames">All RAM.</param>
    /// <param name="capacity">Indexes are below this.</param>
    /// <param name="promised">How many frames were reserved for nodes.</param>
    internal FrameTree(FrameAllocator<TMemory> frames, ulong capacity, ulong promised)
    {
        _frames = frames;
        _capacity = capacity;
        for (ulong left = capacity; left > 1; left = Above(left))
        {
            _height++;
        }

        PromisedNodes = promised;
    }

    /// <summary>Nodes that there are.</summary>
    internal ulong Nodes { get; private set; }

    /// <summary>Frames that are kept for nodes that there are not.</summary>
    internal ulong PromisedNodes { get; private set; }

    /// <summary>The nodes that a tree can need.</summary>
    internal static ulong NodesFor(ulong capacity)
    {
        ulong nodes = 0;
        for (ulong left = capacity; left > 1;)
        {
            left = Above(left);
            nodes += left;
        }

        return nodes;
    }

    /// <summary>
    /// The small frame at an index, also within a large one; false if there is none.
    /// </summary>
    internal readonly bool TryFind(ulong index, out Frame frame, out PageSize size)
    {
        ulong entry = _top;
        for (int level = _height; level > 0 && entry != 0; level--)
        {
            if ((entry & LargeFrame) != 0)
            {
                frame = Frame.Known((entry >> FrameShift) + (index & (EntryCount - 1)));
                size = PageSize.Large;
                return true;
            }

            entry = EntryIn(entry, index, level);
        }

        frame = Frame.Known(entry >> FrameShift);
        size = PageSize.Small;
        return entry != 0;
    }

    /// <summary>
    /// Keeps the frames that the nodes on the way to an index need, and some beside; false if
    /// there are too few.
    /// </summary>
    internal bool TryPromise(ulong index, ulong beside)
    {
        ulong missing = MissingNodes(index);
        if (!_frames.TryReserve(missing + beside))
        {
            return false;
        }

        PromisedNodes += missing;
        return true;
    }

    /// <summary>Gives up what is kept for nodes that are not there.</summary>
    internal void EndPromise()
    {
        _frames.Unreserve(PromisedNodes);
        PromisedNodes = 0;
    }

    /// <summary>Whether nothing lies in the 2 MB around an index, all within the tree.</summary>
    internal readonly bool IsLargeEmpty(ulong index)
    {
        ulong first = index & ~(EntryCount - 1ul);
        if (first + EntryCount > _capacity)
        {
            return false;
        }

        ulong entry = _top;
        for (int level = _height; level > 1 && entry != 0; level--)
        {
            entry = EntryIn(entry, index, level);
        }

        return entry == 0;
    }

    /// <summary>
    /// The first frame that does not end at or below an index, for going through all.
    /// </summary>
    internal readonly bool TryFindNext(
        ulong from, out ulong index, out Frame frame, out PageSize size)
    {
        index = from;
        while (index < _capacity)
        {
            if (TryDescend(ref index, out ulong entry))
            {
                frame = Frame.Known(entry >> FrameShift);
                size = (entry & LargeFrame) != 0 ? PageSize.Large : PageSize.Small;
                return true;
            }
        }

        frame = default;
        size = default;
        return false;
    }

    /// <summary>Puts a frame where none is, and holds it.</summary>
    internal void Set(ulong index, Frame frame, PageSize size)
    {
        Ensure.That(index < _capacity, "a frame is put within its segment");
        ref ulong slot = ref _top;
        for (int level = _height; level > (int)size; level--)
        {
            if (slot == 0)
            {
                slot = (TakeNode().Number << FrameShift) | Used;
            }

            Ensure.That((slot & LargeFrame) == 0, "no small frame comes where a large one is");
            slot = ref _frames.Memory.Entry(
                Frame.Known(slot >> FrameShift), Place(index, level));
        }

        Ensure.That(slot == 0, "no frame was there");
        Ensure.That(_frames.TryHold(frame), "a segment can hold its frame");
        slot = (frame.Number << FrameShift) | Used | (size == PageSize.Large ? LargeFrame : 0);
    }

    /// <summary>Takes a frame out that is there, and drops it; its nodes stay.</summary>
    internal void Remove(ulong index)
    {
        ref ulong slot = ref _top;
        for (int level = _height; level > 0 && (slot & LargeFrame) == 0; level--)
        {
            Ensure.That(slot != 0, "only what is there is taken out");
            slot = ref _frames.Memory.Entry(
                Frame.Known(slot >> FrameShift), Place(index, level));
        }

        Ensure.That(slot != 0, "only what is there is taken out");
        _frames.Drop(Frame.Known(slot >> FrameShift));
        slot = 0;
    }

    /// <summary>
    /// Puts a node of 512 small frames in the place of a large one, each with a holder already.
    /// </summary>
    internal void Break(ulong index)
    {
        ref ulong slot = ref _top;
        for (int level = _height; (slot & LargeFrame) == 0; level--)
        {
            Ensure.That(slot != 0 && level > 1, "only a large frame is broken");
            slot = ref _frames.Memory.Entry(
                Frame.Known(slot >> FrameShift), Place(index, level));
        }

        Frame large = Frame.Known(slot >> FrameShift);
        Frame node = TakeNode();
        for (int i = 0; i < EntryCount; i++)
        {
            _frames.Memory.Entry(node, i) = ((large + (ulong)i).Number << FrameShift) | Used;
        }

        slot = (node.Number << FrameShift) | Used;
    }

    /// <summary>
    /// Drops frames, with the nodes that become empty, as far as the budget allows.
    /// </summary>
    /// <param name="cost">About what it takes to drop a frame, in instructions.</param>
    /// <param name="budget">What may be done now.</param>
    /// <param name="pages">How many small pages those were.</param>
    /// <param name="nodes">How many nodes.</param>
    /// <returns>Whether nothing is left but what is kept for more nodes.</returns>
    internal bool TryEmpty(
        ulong cost, ref WorkBudget budget, out ulong pages, out ulong nodes)
    {
        pages = 0;
        ulong before = Nodes;
        bool isDone = TryEmpty(ref _top, _height, cost, ref budget, ref pages);
        nodes = before - Nodes;
        return isDone;
    }

    /// <summary>Drops all frames, and gives back the nodes and what was kept for more.</summary>
    internal void End()
    {
        Drop(_top, _height);
        EndPromise();
        _top = 0;
        Nodes = 0;
    }

    private static ulong Above(ulong entries) => (entries + EntryCount - 1) >> IndexBits;

    private static int Place(ulong index, int level) =>
        (int)(index >> ((level - 1) * IndexBits)) & (EntryCount - 1);

    internal readonly ulong MissingNodes(ulong index)
    {
        ulong entry = _top;
        int level = _height;
        while (level > 0 && entry != 0)
        {
            entry = EntryIn(entry, index, level);
            level--;
        }

        return (ulong)level;
    }

    // From an index to the first that is used above it, and to its entry; false if there is none in
    // the node that this ends in: then the index is the first behind that.
    private readonly bool TryDescend(ref ulong index, out ulong entry)
    {
        entry = _top;
        int level = _height;
        while (level > 0 && entry != 0 && (entry & LargeFrame) == 0)
        {
            Frame node = Frame.Known(entry >> FrameShift);
            int place = Place(index, level);
            int used = Next(node, place);
            level--;
            if (used != place)
            {
                int below = level * IndexBits;
                index = ((index >> below) + (ulong)(used - place)) << below;
            }

            if (used == EntryCount)
            {
                return false;
            }

            entry = _frames.Memory.Entry(node, used);
        }

        int shift = level * IndexBits;
        index = index >> shift << shift;
        index += entry == 0 ? 1ul << shift : 0;
        return entry != 0;
    }

    // The next entry of a node that is used: most nodes of a sparse segment have few.
    private readonly int Next(Frame node, int from) =>
        _frames.Memory.NextEntry(node, from, EntryCount - 1);

    private readonly ulong EntryIn(ulong node, ulong index, int level) =>
        _frames.Memory.Entry(Frame.Known(node >> FrameShift), Place(index, level));

    private Frame TakeNode()
    {
        _frames.Unreserve(1);
        PromisedNodes--;
        Nodes++;
        bool isThere = _frames.TryAllocate(FrameUse.Kernel, out Frame node);
        Ensure.That(isThere && _frames.TryHold(node), "frames for nodes are promised");
        return node;
    }

    private bool TryEmpty(
        ref ulong slot, int level, ulong cost, ref WorkBudget budget, ref ulong pages)
    {
        if (slot == 0)
        {
            return true;
        }

        if (budget.IsSpent)
        {
            return false;
        }

        Frame frame = Frame.Known(slot >> FrameShift);
        bool isNode = level > 0 && (slot & LargeFrame) == 0;
        for (int i = isNode ? Next(frame, 0) : EntryCount; i < EntryCount; i = Next(frame, i + 1))
        {
            ref ulong below = ref _frames.Memory.Entry(frame, i);
            if (!TryEmpty(ref below, level - 1, cost, ref budget, ref pages))
            {
                return false;
            }
        }

        bool isLarge = (slot & LargeFrame) != 0;
        slot = 0;
        _frames.Drop(frame);
        budget.Spend(isNode ? NodeCost : cost);
        Nodes -= isNode ? 1ul : 0;
        pages += isNode ? 0 : (isLarge ? PageSize.Large : PageSize.Small).SmallPages();
        return true;
    }

    private readonly void Drop(ulong entry, int level)
    {
        if (entry == 0)
        {
            return;
        }

        Frame frame = Frame.Known(entry >> FrameShift);
        bool isNode = level > 0 && (entry & LargeFrame) == 0;
        for (int i = isNode ? Next(frame, 0) : EntryCount; i < EntryCount; i = Next(frame, i + 1))
        {
            Drop(_frames.Memory.Entry(frame, i), level - 1);
        }

        _frames.Drop(frame);
    }
}
