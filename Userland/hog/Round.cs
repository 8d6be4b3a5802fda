using System;

namespace MemOS.Hog;

/// <summary>What came of taking all memory once.</summary>
/// <param name="Bytes">Bytes that the kernel gave.</param>
/// <param name="BytesTouched">Bytes of pages that were written to.</param>
/// <param name="Pieces">In how many pieces it gave them.</param>
/// <param name="Time">How long taking and giving back took.</param>
internal readonly record struct Round(
    ulong Bytes, ulong BytesTouched, int Pieces, TimeSpan Time);
