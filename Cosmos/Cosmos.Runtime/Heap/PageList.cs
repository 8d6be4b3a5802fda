namespace Cosmos.Runtime.Heap;

/// <summary>
/// A growing array in pages of its own, for the heap's bookkeeping: it must not live in the heap
/// that it describes.
/// </summary>
internal unsafe struct PageList<T>
    where T : unmanaged
{
    private const nuint PageBytes = 4096;

    private T* _items;
    private nuint _bytes;

    /// <summary>Number of items.</summary>
    internal int Count { get; private set; }

    private readonly bool HasRoom => BytesOf(Count + 1) <= _bytes;

    /// <summary>An item by its index, which must be below <see cref="Count"/>.</summary>
    internal readonly ref T this[int index] => ref _items[index];

    /// <summary>Puts an item in, moving up those behind it; false when memory is out.</summary>
    internal bool Insert(int index, T item)
    {
        if (!HasRoom && !Grow())
            return false;
        Memory.Move(_items + index + 1, _items + index, BytesOf(Count - index));
        _items[index] = item;
        Count++;
        return true;
    }

    /// <summary>Adds an item at the end; false when memory is out.</summary>
    internal bool Add(T item)
    {
        if (!HasRoom && !Grow())
            return false;
        _items[Count++] = item;
        return true;
    }

    /// <summary>Takes an item out, moving down those behind it.</summary>
    internal void RemoveAt(int index)
    {
        Count--;
        Memory.Move(_items + index, _items + index + 1, BytesOf(Count - index));
    }

    /// <summary>Takes the last item off.</summary>
    internal T Pop() => _items[--Count];

    /// <summary>Forgets the items from an index on; keeps the memory.</summary>
    internal void Truncate(int count) => Count = count;

    private static nuint BytesOf(int count) => (nuint)count * (nuint)sizeof(T);

    private bool Grow()
    {
        nuint bytes = _bytes == 0 ? PageBytes : _bytes * 2;
        T* items = (T*)Platform.AllocatePages(bytes);
        if (items == null)
            return false;
        Memory.Move(items, _items, BytesOf(Count));
        if (_bytes != 0)
            Platform.FreePages((byte*)_items, _bytes);
        _items = items;
        _bytes = bytes;
        return true;
    }
}
