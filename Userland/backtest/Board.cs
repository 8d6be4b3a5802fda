using System.Threading;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>A page that parent and child share, to tell one another of segments.</summary>
internal readonly unsafe struct Board
{
    /// <summary>The number of the child's segment.</summary>
    internal const int Own = 0;

    /// <summary>The number of the segment that the child is to use.</summary>
    internal const int Other = 1;

    /// <summary>Not 0 once the child has mapped that one.</summary>
    internal const int HasOther = 2;

    private readonly ulong* _words;

    internal Board(Address start) => _words = (ulong*)start.Value;

    /// <summary>Writes a word, and wakes who waits for it.</summary>
    internal void Put(int word, ulong value)
    {
        Volatile.Write(ref _words[word], value);
        MemoryWord.Wake(Address.Of(_words + word));
    }

    /// <summary>Waits for a word that is not 0.</summary>
    internal ulong Await(int word)
    {
        ulong value;
        // The lower half of a number may be 0; then it is looked for now and then.
        while ((value = Volatile.Read(ref _words[word])) == 0)
            MemoryWord.Wait(Address.Of(_words + word), 0, 50);
        return value;
    }
}
