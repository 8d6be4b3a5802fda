using System.Runtime.InteropServices;

namespace MemOS.Modeltest.Peers;

/// <summary>What a thread is doing that waits for a word.</summary>
internal enum ThreadState : uint
{
    /// <summary>There is no thread.</summary>
    None = 0,

    /// <summary>It waits, or is about to.</summary>
    Waiting,

    /// <summary>It has waited, and ends.</summary>
    Ended,
}

/// <summary>
/// One thread of a peer beside its first, and the blocks of its calls. Waiter.asm knows the
/// offsets.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadPlace
{
    /// <summary>Whoever waits for the thread's end waits for this word.</summary>
    internal ThreadState State;

    /// <summary>What its wait came to.</summary>
    internal uint Result;

    /// <summary>WAIT_WORD, of the word that it waits for.</summary>
    internal fixed byte Wait[24];

    /// <summary>WAKE_WORD, of the state.</summary>
    internal fixed byte Wake[16];

    /// <summary>EXIT_THREAD.</summary>
    internal fixed byte Exit[16];
}
