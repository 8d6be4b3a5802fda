using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <summary>
/// The translations that one change of the page tables makes stale. The first few are forgotten
/// page by page; if there are more, all of the space is, once, at the end of the scope.
/// </summary>
internal ref struct TranslationFlush<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    // A page costs a processor about a hundred cycles to forget; refilling all costs thousands.
    private const int MostPages = 32;

    private readonly TMemory _memory;
    private readonly Frame _root;
    private readonly SpaceHalf _half;
    private Page _last;
    private int _pages;

    public TranslationFlush(TMemory memory, Frame root, SpaceHalf half)
    {
        _memory = memory;
        _root = root;
        _half = half;
        _last = default;
        _pages = 0;
    }

    /// <summary>The entry for this page, small or large, is about to lose or change a right; or a
    /// table that it went through is gone. The same page several times in a row counts once, and
    /// is forgotten after the last time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(Page page)
    {
        if (_pages != 0 && page == _last)
        {
            return;
        }

        FlushLast();
        _last = page;
        _pages++;
    }

    /// <summary>So many pages lose their translation that all of the space is forgotten.</summary>
    public void AddMany() => _pages = MostPages + 1;

    /// <summary>Completes the work.</summary>
    public readonly void Dispose()
    {
        if (_pages <= MostPages)
        {
            FlushLast();
        }
        else if (_half == SpaceHalf.Kernel)
        {
            _memory.FlushAll();
        }
        else
        {
            _memory.FlushSpace(_root);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private readonly void FlushLast()
    {
        if (_pages is > 0 and <= MostPages)
        {
            _memory.FlushPage(_root, _last);
        }
    }
}
