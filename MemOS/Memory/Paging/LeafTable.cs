using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;

namespace MemOS.Memory.Paging;

/// <summary>
/// The table that maps a neighbourhood: 512 pages of one size. It lets a fault map several
/// neighbours for one walk. Made by <see cref="PageTable{TMemory}.TryOpen"/>; close it after use.
/// </summary>
public readonly ref struct LeafTable<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private readonly PageTable<TMemory> _owner;
    private readonly Page _opened;
    private readonly PageSize _size;

    internal LeafTable(PageTable<TMemory> owner, Page opened, PageSize size, Frame table)
    {
        _owner = owner;
        _opened = opened;
        _size = size;
        Table = table;
    }

    /// <summary>Small pages that the table reaches from its first to its last entry.</summary>
    private ulong Span => (ulong)PageSizes.SmallInLarge << ((int)_size * 9);

    /// <summary>The table's frame; none if a large page lies over all of it.</summary>
    internal Frame Table { get; }

    /// <summary>The pages that can be mapped through this table.</summary>
    public PageRange Neighbourhood
    {
        get
        {
            ulong first = _opened.Number & ~(Span - 1);
            return PageRange.Of(
                VirtualAddress.Create(first << 12).Page, PageCount.Of(Span));
        }
    }

    /// <summary>
    /// Whether something is mapped at the page, in this table or by a large page.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsOccupied(Page page)
    {
        RequireNeighbour(page);
        return Table == default || _owner.IsSet(Table, page, _size);
    }

    /// <summary>
    /// Maps a page of the neighbourhood: see <see cref="PageTable{TMemory}.TryMap"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MapStatus TryMap(Page page, Frame frame, PageRights rights)
    {
        RequireNeighbour(page);
        Ensure.That(page.IsAligned(_size) && frame.IsAligned(_size), "pages are aligned");
        return Table == default
            ? MapStatus.AlreadyMapped
            : _owner.SetCounted(Table, page, _size, frame, rights);
    }

    /// <summary>Ends the use; a table that is still empty goes back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Close()
    {
        if (Table != default)
        {
            _owner.CloseLeaves(Table, _opened);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void RequireNeighbour(Page page) =>
        Ensure.That(
            ((page.Number ^ _opened.Number) & ~(Span - 1)) == 0, "a neighbour is within reach");
}
