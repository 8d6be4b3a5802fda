using System.Threading;
using MemOS.Userland;

namespace MemOS.Jobs;

/// <summary>A page that all programs of the demo have, with a number for each.</summary>
internal sealed unsafe class Board
{
    // Each has a cache line of its own.
    private const int LineBytes = 64;

    private readonly ulong _start;

    private Board(Address start) => _start = start.Value;

    /// <summary>The page as the demo has it, which made the segment of it.</summary>
    internal static Board Of(Segment segment) => new(segment.Original!.Start);

    /// <summary>In a child: the page that it is given.</summary>
    internal static Board Receive()
    {
        SegmentInbox.Open();
        return new Board(SegmentInbox.Take()!.Map().Start);
    }

    /// <summary>A program's number, 0 at first.</summary>
    /// <param name="line">Which program: below 64.</param>
    // Safe: the page is mapped as long as the program runs, and has 64 lines.
    internal ref ulong this[int line] => ref *(ulong*)(_start + (ulong)(line * LineBytes));

    /// <summary>What a program's number is now.</summary>
    internal ulong Read(int line) => Volatile.Read(ref this[line]);
}
