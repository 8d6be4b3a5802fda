using MemOS.Modeltest.Peers;

namespace MemOS.Modeltest.Model;

/// <summary>
/// A page's worth of memory that was looked at: whoever refers to the same one sees the same, and
/// no one else does.
/// </summary>
internal sealed class ModelPage
{
    private readonly ulong[] _words = new ulong[Box.Words];

    /// <summary>One of the words that are looked at.</summary>
    internal ref ulong this[int word] => ref _words[word];

    /// <summary>Whether it begins with a return, so that it can be called as code.</summary>
    internal bool IsCode => (byte)_words[0] == Mark.Return;

    internal ModelPage Copy()
    {
        ModelPage copy = new();
        _words.CopyTo(copy._words, 0);
        return copy;
    }
}

/// <summary>What processes write: who did, and the when-th it was; as code a return.</summary>
internal static class Mark
{
    internal const byte Return = 0xC3;

    private const uint MostWriters = 1 << 20;
    private const int CountShift = 8;
    private const int WriterShift = 40;

    internal static ulong Of(uint writer, uint count) =>
        ((ulong)writer << WriterShift) | ((ulong)count << CountShift) | Return;

    // Other data does not look like the number of one of a few thousand writers.
    internal static bool Is(ulong word) =>
        (byte)word == Return && WriterOf(word) is not 0 and < MostWriters;

    internal static uint WriterOf(ulong mark) => (uint)(mark >> WriterShift);
}
