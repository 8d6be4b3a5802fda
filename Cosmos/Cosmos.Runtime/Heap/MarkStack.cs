using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// Objects found alive whose references are still to be followed: a chain of pages, so that it
/// grows by a page at a time and never moves.
/// </summary>
internal static unsafe class MarkStack
{
    private const nuint PageBytes = 4096;

    private static Page* _page;
    private static Entry* _next;
    private static Entry* _end;

    // Entries follow it up to the end of the page.
    [StructLayout(LayoutKind.Sequential)]
    private struct Page
    {
        internal Page* Below;
        internal Page* Above;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        internal nint Reference;
        internal nint From;
    }

    /// <summary>
    /// Set when memory for the stack ran out: some marked objects were not followed.
    /// </summary>
    internal static bool Overflowed { get; set; }

    internal static bool IsEmpty =>
        _page == null || (_page->Below == null && _next == FirstOf(_page));

    /// <summary>Puts an object on top; false when there is no memory.</summary>
    /// <param name="reference">The object.</param>
    /// <param name="from">Up to which of its bytes it has been followed.</param>
    internal static bool TryPush(nint reference, nint from)
    {
        if (_next == _end && !TryClimb())
            return false;
        *_next++ = new Entry { Reference = reference, From = from };
        return true;
    }

    /// <summary>Takes an object off; the stack must not be empty.</summary>
    internal static nint Pop(out nint from)
    {
        if (_next == FirstOf(_page))
        {
            Enter(_page->Below);
            _next = _end;
        }
        Entry* top = --_next;
        from = top->From;
        return top->Reference;
    }

    /// <summary>Gives a page back that is not in use; the stack must be empty.</summary>
    /// <returns>Whether there was one; the first is kept.</returns>
    internal static bool TryReleasePage()
    {
        Page* spare = _page == null ? null : _page->Above;
        if (spare == null)
            return false;
        _page->Above = spare->Above;
        if (spare->Above != null)
            spare->Above->Below = _page;
        Platform.FreePages((byte*)spare, PageBytes);
        return true;
    }

    private static bool TryClimb()
    {
        Page* above = _page == null ? null : _page->Above;
        if (above == null)
        {
            above = (Page*)Platform.AllocatePages(PageBytes);
            if (above == null)
                return false;
            above->Below = _page;
            if (_page != null)
                _page->Above = above;
        }
        Enter(above);
        return true;
    }

    private static void Enter(Page* page)
    {
        _page = page;
        _next = FirstOf(page);
        _end = _next + ((PageBytes - (nuint)sizeof(Page)) / (nuint)sizeof(Entry));
    }

    private static Entry* FirstOf(Page* page) => (Entry*)(page + 1);
}
