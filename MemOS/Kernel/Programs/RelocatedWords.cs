using System;
using System.Runtime.CompilerServices;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>
/// The words of an image that hold addresses of its own, by pages: the image's frames hold the
/// addends, a process's copies get the image's base added.
/// </summary>
/// <remarks>
/// Made one relocation at a time, as there can be many: all are counted, then all are taken in, in
/// whatever order the file has them.
/// </remarks>
/// <param name="pages">The image's.</param>
internal sealed class RelocatedWords(int pages)
{
    private const int WordBytes = sizeof(ulong);
    private const int WordsInPage = PageSizes.SmallBytes / WordBytes;

    // While they are counted: how many words each page has. Then, where the next one of each page
    // goes, which is in the end where those of the page end.
    private readonly int[] _ends = new int[pages];

    // Each word's number in its page, page after page.
    private ushort[] _words = [];
    private ulong[] _addends = [];
    private int _count;

    /// <summary>Bytes of the kernel's heap for the pages of an image.</summary>
    internal static ulong HeapBytes(PageCount pages) => pages.Value * sizeof(int);

    /// <summary>Bytes of the heap for the words that were counted.</summary>
    internal ulong HeapBytesForWords =>
        (ulong)_count * (sizeof(ushort) + sizeof(ulong));

    /// <summary>Pages of the image.</summary>
    internal int Pages => _ends.Length;

    /// <summary>Counts one; false if it is not aligned, as a linker would have it.</summary>
    internal bool TryCount(Relocation relocation)
    {
        if (relocation.Offset % WordBytes != 0)
            return false;
        _ends[PageOf(relocation)]++;
        _count++;
        return true;
    }

    /// <summary>All were counted: makes room for them. <see cref="Place"/> comes next.</summary>
    internal void MakeRoom()
    {
        _words = new ushort[_count];
        _addends = new ulong[_count];
        _count = 0;
    }

    /// <summary>Decides where the words of a page go; of each page in turn.</summary>
    internal void Place(int page)
    {
        int words = _ends[page];
        _ends[page] = _count;
        _count += words;
    }

    /// <summary>Takes one in that was counted.</summary>
    internal void Add(Relocation relocation)
    {
        int place = _ends[PageOf(relocation)]++;
        _words[place] = (ushort)(relocation.Offset / WordBytes % WordsInPage);
        _addends[place] = relocation.Addend;
    }

    /// <summary>Whether a page of the image has any.</summary>
    internal bool Has(int page) => Start(page) != _ends[page];

    /// <summary>Whether no word of a page is relocated twice.</summary>
    internal bool AreDifferent(int page)
    {
        const int Bits = 64;
        WordSet seen = default;
        for (int i = Start(page); i < _ends[page]; i++)
        {
            ref ulong bits = ref seen[_words[i] / Bits];
            ulong bit = 1ul << (_words[i] % Bits);
            if ((bits & bit) != 0)
                return false;
            bits |= bit;
        }
        return true;
    }

    /// <summary>Writes the addends of a page into the image's own frame.</summary>
    internal void PutAddends(int page, Frame frame)
    {
        for (int i = Start(page); i < _ends[page]; i++)
            default(MachineMemory).Entry(frame, _words[i]) = _addends[i];
    }

    /// <summary>Adds the base of a process's image to the words of a page.</summary>
    internal void AddBase(int page, Frame frame, ulong origin)
    {
        ReadOnlySpan<ushort> words = _words.AsSpan(Start(page).._ends[page]);
        foreach (ushort word in words)
            default(MachineMemory).Entry(frame, word) += origin;
    }

    private static int PageOf(Relocation relocation) =>
        (int)(relocation.Offset / PageSizes.SmallBytes);

    private int Start(int page) => page == 0 ? 0 : _ends[page - 1];

    // One bit a word.
    [InlineArray(WordsInPage / 64)]
    private struct WordSet
    {
        private ulong _bits;
    }
}
