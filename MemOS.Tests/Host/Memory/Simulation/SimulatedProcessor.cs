using System.Collections.Generic;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Tests.Host.Memory.Simulation;

/// <summary>
/// A processor as far as it translates addresses of programs (Intel SDM volume 3, 4.10): it
/// remembers translations and the upper levels of page tables until it is told to forget them,
/// whichever space runs. Whatever it uses of that must be what the tables say, or less.
/// </summary>
public sealed class SimulatedProcessor(SimulatedMachine machine)
{
    private const int IndexBits = 9;
    private const ulong Present = 1;
    private const ulong Writable = 2;
    private const ulong LargePage = 0x80;
    private const ulong NoExecute = 1ul << 63;
    private const ulong KeyMask = 0xFul << 59;
    private const ulong SmallAddress = 0x000F_FFFF_FFFF_F000;
    private const ulong LargeAddress = 0x000F_FFFF_FFE0_0000;
    private const Access Data = Access.Read | Access.Write;

    // Translations by root and page, large ones by their first page; tables by root, the level of
    // the entry that points to them, and the pages below.
    private readonly Dictionary<(Frame Root, ulong Page), Found> _pages = [];
    private readonly Dictionary<(Frame Root, ulong Page), Found> _largePages = [];
    private readonly Dictionary<(Frame Root, int Level, ulong Pages), Found> _tables = [];

    // Whose a root was when it was last used: another space's is loaded anew, which forgets.
    private readonly Dictionary<Frame, PageTable<SimulatedMemory>> _spaces = [];

    private readonly List<ulong> _known = [];

    // What a program accessed last.
    private PageTable<SimulatedMemory>? _lastSpace;
    private ulong _lastPage;

    // What an entry or a way of entries leads to: the small frame of a page, or a table.
    private readonly record struct Found(Frame Frame, ulong Rights, int Level)
    {
        public bool IsWithin(in Found other) => Frame == other.Frame && Level == other.Level
            && (Rights & Writable & ~other.Rights) == 0
            && (~Rights & other.Rights & NoExecute) == 0
            && (Rights & KeyMask) == (other.Rights & KeyMask);

        public bool Lets(Access access) =>
            ((access & Access.Write) == 0 || (Rights & Writable) != 0)
            && ((access & Access.Execute) == 0 || (Rights & NoExecute) == 0)
            && ((access & Data) == 0 || (Rights & KeyMask) == 0);
    }

    /// <summary>Makes an access of a program's.</summary>
    /// <returns>False: it is a page fault.</returns>
    public bool TryAccess(
        PageTable<SimulatedMemory> space, VirtualAddress address, Access access, out Frame frame)
    {
        _lastSpace = space;
        _lastPage = address.Page.Number;
        bool isAllowed = TryFind(space, address.Page.Number, out Found found)
            && found.Lets(access);
        frame = isAllowed ? found.Frame : default;
        if (!isAllowed)
        {
            // A fault forgets what led to it.
            ForgetWay(space, address.Page.Number);
        }

        return isAllowed;
    }

    /// <summary>
    /// Translates an address without need, as a processor may do at any time: nothing faults, and
    /// what it finds is remembered.
    /// </summary>
    public void Speculate(PageTable<SimulatedMemory> space, Page page) =>
        TryFind(space, page.Number, out _);

    /// <summary>
    /// The same for what was accessed last, in the midst of what the memory manager does: what is
    /// stale then may still be flushed before that ends.
    /// </summary>
    public void SpeculateAgain()
    {
        if (_lastSpace is { } space && _spaces.TryGetValue(space.Root, out var last)
            && last == space && !TryRecall(space.Root, _lastPage, out _))
        {
            TryWalk(space, _lastPage, out _);
        }
    }

    /// <summary>
    /// Forgets a page; and finds it anew at once, as far as it is there: it may be translated
    /// between a flush and what the memory manager does next.
    /// </summary>
    public void FlushPage(Frame root, Page page)
    {
        if (!page.IsUserHalf)
        {
            return;
        }

        _pages.Remove((root, page.Number));
        _largePages.Remove((root, LargeStart(page.Number)));
        ForgetTables(root);
        if (_spaces.TryGetValue(root, out PageTable<SimulatedMemory>? space))
        {
            TryWalk(space, page.Number, out _);
        }
    }

    /// <summary>Forgets a space, and finds what it knew of it anew.</summary>
    public void FlushSpace(Frame root)
    {
        _known.Clear();
        if (_lastSpace?.Root == root)
        {
            // It may have ended.
            _lastSpace = null;
        }

        Forget(_pages, root);
        Forget(_largePages, root);
        ForgetTables(root);
        if (!_spaces.TryGetValue(root, out PageTable<SimulatedMemory>? space))
        {
            return;
        }

        foreach (ulong page in _known)
        {
            TryWalk(space, page, out _);
        }
    }

    public void FlushAll()
    {
        _pages.Clear();
        _largePages.Clear();
        _tables.Clear();
    }

    /// <summary>All that is remembered of a space is what its tables say, or less.</summary>
    public void Check(PageTable<SimulatedMemory> space)
    {
        if (!_spaces.TryGetValue(space.Root, out PageTable<SimulatedMemory>? last)
            || last != space)
        {
            return;
        }

        foreach (((Frame root, ulong page), Found found) in _pages)
        {
            Check(root, space, page, found, Walk(space, page, 1));
        }

        foreach (((Frame root, ulong page), Found found) in _largePages)
        {
            Check(root, space, page, found, Walk(space, page, 1));
        }

        foreach (((Frame root, int level, ulong pages), Found found) in _tables)
        {
            Check(root, space, pages, found, Walk(space, pages << Shift(level), level));
        }
    }

    private static void Check(
        Frame root, PageTable<SimulatedMemory> space, ulong page, in Found found,
        in Found current)
    {
        if (root == space.Root && !found.IsWithin(current))
        {
            Assert.Fail($"0x{page:X} of the space at {root} is stale: {found}, not {current}");
        }
    }

    private void Forget(Dictionary<(Frame Root, ulong Page), Found> pages, Frame root)
    {
        foreach ((Frame Root, ulong Page) key in pages.Keys)
        {
            if (key.Root == root)
            {
                pages.Remove(key);
                _known.Add(key.Page);
            }
        }
    }

    private void ForgetTables(Frame root)
    {
        foreach ((Frame Root, int Level, ulong Pages) key in _tables.Keys)
        {
            if (key.Root == root)
            {
                _tables.Remove(key);
            }
        }
    }

    private static ulong LargeStart(ulong page) => page & ~(ulong)(PageSizes.SmallInLarge - 1);

    private void ForgetWay(PageTable<SimulatedMemory> space, ulong page)
    {
        _pages.Remove((space.Root, page));
        _largePages.Remove((space.Root, LargeStart(page)));
        for (int level = 2; level <= space.Width.Levels(); level++)
        {
            _tables.Remove((space.Root, level, Above(page, level)));
        }
    }

    private bool TryFind(PageTable<SimulatedMemory> space, ulong page, out Found found)
    {
        Enter(space);
        if (!TryRecall(space.Root, page, out found) && !TryWalk(space, page, out found))
        {
            return false;
        }

        Check(space.Root, space, page, found, Walk(space, page, 1));
        return true;
    }

    private void Enter(PageTable<SimulatedMemory> space)
    {
        if (_spaces.TryGetValue(space.Root, out PageTable<SimulatedMemory>? last)
            && last == space)
        {
            return;
        }

        _spaces.Remove(space.Root);
        FlushSpace(space.Root);
        _spaces.Add(space.Root, space);
    }

    private bool TryRecall(Frame root, ulong page, out Found found)
    {
        if (_pages.TryGetValue((root, page), out found))
        {
            return true;
        }

        bool isLarge = _largePages.TryGetValue((root, LargeStart(page)), out found);
        found = found with { Frame = found.Frame + (page & (PageSizes.SmallInLarge - 1)) };
        return isLarge;
    }

    // From the lowest table that it remembers, or from the root.
    private bool TryWalk(PageTable<SimulatedMemory> space, ulong page, out Found found)
    {
        int levels = space.Width.Levels();
        found = new Found(space.Root, Writable, levels + 1);
        for (int level = 2; level <= levels; level++)
        {
            if (!_tables.TryGetValue((space.Root, level, Above(page, level)), out Found table))
            {
                continue;
            }

            found = table;
            break;
        }

        while (found.Level > 1)
        {
            found = Follow(found, page, out bool isLarge);
            if (found.Frame == default)
            {
                return false;
            }

            if (isLarge)
            {
                ulong offset = page & (PageSizes.SmallInLarge - 1);
                _largePages[(space.Root, LargeStart(page))] =
                    found with { Frame = Frame.Of(found.Frame.Number - offset) };
                return true;
            }

            if (found.Level > 1)
            {
                _tables[(space.Root, found.Level, Above(page, found.Level))] = found;
            }
        }

        _pages[(space.Root, page)] = found;
        return true;
    }

    // What the tables say now, down to the entry of a level.
    private Found Walk(PageTable<SimulatedMemory> space, ulong page, int to)
    {
        Found found = new(space.Root, Writable, space.Width.Levels() + 1);
        bool isLarge = false;
        while (found.Level > to && found.Frame != default && !isLarge)
        {
            found = Follow(found, page, out isLarge);
        }

        return found;
    }

    // Through one entry of a table. Frame 0 is never a page's nor a table's.
    private Found Follow(in Found table, ulong page, out bool isLarge)
    {
        int level = table.Level - 1;
        ulong entry = machine.Words(table.Frame)[
            (page >> Shift(level)) & ((1 << IndexBits) - 1)];
        isLarge = level == 2 && (entry & LargePage) != 0;
        if ((entry & Present) == 0)
        {
            return default;
        }

        ulong rights = (table.Rights & entry & Writable)
            | ((table.Rights | entry) & NoExecute) | (entry & KeyMask);
        ulong frame = isLarge
            ? ((entry & LargeAddress) >> 12) + (page & (PageSizes.SmallInLarge - 1))
            : (entry & SmallAddress) >> 12;
        return new Found(Frame.Of(frame), rights, level);
    }

    private static ulong Above(ulong page, int level) => page >> Shift(level);

    private static int Shift(int level) => (level - 1) * IndexBits;
}
