using System;
using MemOS.Abi;

namespace MemOS.Selftest;

/// <summary>A call that makes one of two things, or needs nothing and makes nothing.</summary>
/// <param name="Name">What it is called in a report.</param>
/// <param name="Prepare">Puts the call into the block, and makes what it needs beforehand.</param>
/// <param name="Send">Makes the call.</param>
/// <param name="Undo">Gives back what was made, by the call's first value.</param>
internal sealed record Making(
    string Name, Action<int> Prepare, Func<ErrorCode> Send, Action<int, ulong> Undo)
{
    /// <summary>What it answers when it does not fail for memory.</summary>
    internal ErrorCode Answer { get; init; }

    /// <summary>
    /// Whether the program's own heap may grow meanwhile, so that its regions tell nothing.
    /// </summary>
    internal bool UsesHeap { get; init; }
}
