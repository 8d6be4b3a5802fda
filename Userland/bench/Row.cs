using System;

namespace MemOS.Bench;

/// <summary>An operation, what others take for it and what MemOS takes.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Peer">The peer's figure, 0 if it is not known.</param>
/// <param name="Goal">What MemOS must reach, 0 if nothing is set.</param>
/// <param name="Measure">Measures it.</param>
internal sealed record Row(string Operation, ulong Peer, ulong Goal, Func<Counter, ulong> Measure);
