using System.Collections.Generic;
using System.Linq;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Paging;

namespace MemOS.Tests.Host.Memory.Paging;

/// <summary>
/// Runs a page table beside a dictionary with one entry for every 4 KB page, and remembers what a
/// processor might still have cached.
/// </summary>
internal sealed class PageTableModel
{
    private readonly PageTableFixture _machine;
    private readonly Dictionary<ulong, (Frame Frame, PageRights Rights)> _pages = [];
    private readonly List<(Frame Frame, PageSize Size)> _shared = [];

    public PageTableModel(AddressWidth width) => _machine = new PageTableFixture(width);

    public void Map(ulong page, PageSize size, PageRights rights)
    {
        bool free = size == PageSize.Small
            ? _machine.Frames.TryAllocate(PageTableFixture.Data, out Frame frame)
            : _machine.Frames.TryAllocateLarge(PageTableFixture.Data, out frame);
        if (!free)
        {
            return;
        }

        if (!TryMap(page, size, frame, rights))
        {
            _machine.Frames.Discard(frame);
        }
        else if (page % 3 == 0)
        {
            Assert.True(_machine.Frames.TryHold(frame));
            _shared.Add((frame, size));
        }
    }

    public void MapAgain(ulong page, int which)
    {
        if (_shared.Count != 0)
        {
            (Frame frame, PageSize size) = _shared[which % _shared.Count];
            TryMap(page, size, frame, PageRights.Read);
        }
    }

    public void Unmap(ulong first, ulong count)
    {
        PageRange range = Range(first, count);
        Assert.True(_machine.Space.TrySplitEdges(range));
        Forgetting(range, () => _machine.Space.Unmap(range));
        for (ulong i = 0; i < count; i++)
        {
            _pages.Remove(first + i);
        }
    }

    public void Protect(ulong first, ulong count, PageRights rights)
    {
        PageRange range = Range(first, count);
        Assert.True(_machine.Space.TrySplitEdges(range));
        Forgetting(range, () => _machine.Space.Protect(range, rights));
        for (ulong i = 0; i < count; i++)
        {
            if (_pages.TryGetValue(first + i, out var old))
            {
                _pages[first + i] = (old.Frame, rights);
            }
        }
    }

    public void Replace(int which)
    {
        if (_pages.Count == 0)
        {
            return;
        }

        ulong number = _pages.Keys.ElementAt(which % _pages.Count);
        Page page = PageTableFixture.PageAt(number << 12);
        bool small = _machine.Space.TryTranslate(page, out Translation found)
            && found.Size == PageSize.Small;
        if (small && _machine.Frames.TryAllocate(PageTableFixture.Data, out Frame frame))
        {
            Forgetting(
                PageRange.One(page),
                () => _machine.Space.Replace(page, frame, PageRights.ReadWrite));
            _pages[number] = (frame, PageRights.ReadWrite);
        }
    }

    public void Compare(ulong first, ulong count)
    {
        for (ulong i = first; i < first + count; i++)
        {
            bool expected = _pages.TryGetValue(i, out var page);
            bool found = _machine.Space.TryTranslate(
                PageTableFixture.PageAt(i << 12), out Translation translation);
            Assert.Equal(expected, found);
            if (found && (page.Frame != translation.Frame || page.Rights != translation.Rights))
            {
                Assert.Fail("page " + i + " is translated wrongly");
            }
        }
    }

    public void Audit()
    {
        AuditFinding finding = _machine.Audit();
        Assert.True(finding.IsSound, finding.ToString());
    }

    public void EndSpace()
    {
        AuditFinding finding = _machine.AuditReleased();
        Assert.True(finding.IsSound, finding.ToString());
        foreach ((Frame frame, _) in _shared)
        {
            _machine.Frames.Drop(frame);
        }

        Assert.Equal(_machine.FreeBefore, _machine.Frames.FreeFrames);
    }

    private static PageRange Range(ulong first, ulong count) =>
        PageTableFixture.Pages(first << 12, count);

    private bool TryMap(ulong number, PageSize size, Frame frame, PageRights rights)
    {
        Page page = PageTableFixture.PageAt(number << 12);
        page = size == PageSize.Large ? page.LargeStart : page;
        bool occupied = false;
        for (ulong i = 0; i < size.SmallPages(); i++)
        {
            occupied |= _pages.ContainsKey(page.Number + i);
        }

        MapStatus status = _machine.Space.TryMap(page, size, frame, rights);
        Assert.Equal(occupied ? MapStatus.AlreadyMapped : MapStatus.Mapped, status);
        for (ulong i = 0; i < size.SmallPages() && !occupied; i++)
        {
            _pages.Add(page.Number + i, (frame + i, rights));
        }

        return !occupied;
    }

    // Whatever was mapped in the range may be cached, so it must have been flushed in some way.
    private void Forgetting(PageRange range, System.Action change)
    {
        var sizes = new List<(Page Page, Page LargeStart, PageSize Size)>();
        for (ulong i = range.First.Number; i < range.EndNumber; i++)
        {
            Page page = PageTableFixture.PageAt(i << 12);
            if (_machine.Space.TryTranslate(page, out Translation found))
            {
                sizes.Add((page, page.LargeStart, found.Size));
            }
        }

        _machine.Memory.Machine.Cache.Reset();
        change();
        var cache = _machine.Memory.Machine.Cache;
        foreach ((Page page, Page large, PageSize size) in sizes)
        {
            Page key = size == PageSize.Large ? large : page;
            Assert.True(cache.Spaces > 0 || cache.Pages.Contains(key), "stale: " + page);
        }
    }
}
