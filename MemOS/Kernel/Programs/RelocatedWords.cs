using System;
using System.Collections.Generic;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory.Addresses;

namespace MemOS.Programs;

/// <summary>
/// The words of an image that hold addresses of its own, by pages: the image's frames hold the
/// addends, a process's copies get the image's base added.
/// </summary>
internal sealed class RelocatedWords
{
    private const int WordBytes = sizeof(ulong);
    private const int WordsInPage = PageSizes.SmallBytes / WordBytes;

    // Each word's number in its page, page after page.
    private readonly ushort[] _words;
    private readonly ulong[] _addends;

    // Where each page's words begin; one more than there are pages.
    private readonly int[] _first;

    private RelocatedWords(List<Relocation> sorted, int pages)
    {
        _words = new ushort[sorted.Count];
        _addends = new ulong[sorted.Count];
        _first = new int[pages + 1];
        for (int i = 0; i < sorted.Count; i++)
        {
            ulong word = sorted[i].Offset / WordBytes;
            _words[i] = (ushort)(word % WordsInPage);
            _addends[i] = sorted[i].Addend;
            _first[(int)(word / WordsInPage) + 1]++;
        }
        for (int page = 0; page < pages; page++)
            _first[page + 1] += _first[page];
    }

    /// <summary>Reads them; false if one is not aligned, as a linker would have it.</summary>
    internal static bool TryRead(in ElfImage image, out RelocatedWords? words)
    {
        words = null;
        List<Relocation> relocations = new(Count(image));
        bool isSorted = true;
        ulong last = 0;
        foreach (Relocation relocation in image.Relocations)
        {
            if (relocation.Offset % WordBytes != 0)
                return false;
            isSorted &= relocations.Count == 0 || relocation.Offset > last;
            last = relocation.Offset;
            relocations.Add(relocation);
        }
        if (!isSorted)
            relocations = Sort(relocations);
        words = new RelocatedWords(relocations, (int)image.Pages.Value);
        return true;
    }

    /// <summary>What <see cref="TryRead"/> takes of the kernel's heap at most.</summary>
    internal static ulong HeapBytes(in ElfImage image)
    {
        // A list of all, and what is kept; where they have to be sorted, two lists more.
        const ulong BytesPerWord = 128;
        return (ulong)Count(image) * BytesPerWord;
    }

    /// <summary>Whether a page of the image has any.</summary>
    internal bool Has(int page) => _first[page] != _first[page + 1];

    /// <summary>Writes the addends of a page into the image's own frame.</summary>
    internal void PutAddends(int page, Frame frame)
    {
        for (int i = _first[page]; i < _first[page + 1]; i++)
            default(MachineMemory).Entry(frame, _words[i]) = _addends[i];
    }

    /// <summary>Adds the base of a process's image to the words of a page.</summary>
    internal void Add(int page, Frame frame, ulong origin)
    {
        ReadOnlySpan<ushort> words = _words.AsSpan(_first[page].._first[page + 1]);
        foreach (ushort word in words)
            default(MachineMemory).Entry(frame, word) += origin;
    }

    private static int Count(in ElfImage image)
    {
        int count = 0;
        foreach (Relocation relocation in image.Relocations)
            count++;
        return count;
    }

    // Of several for one word the last counts.
    private static List<Relocation> Sort(List<Relocation> relocations)
    {
        SortedList<ulong, Relocation> sorted = [];
        foreach (Relocation relocation in relocations)
            sorted[relocation.Offset] = relocation;
        return [.. sorted.Values];
    }
}
