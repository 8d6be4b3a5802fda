using System;
using MemOS.Userland;

namespace MemOS.Fuzz;

/// <summary>
/// Numbers that mean something to the kernel: those that calls have given, of this process and of
/// its neighbours, and those at which something changes.
/// </summary>
internal sealed unsafe class Values
{
    private const int Kept = 64;
    private const ulong Page = Memory.PageBytes;

    private static readonly ulong[] _edges =
    [
        0, 1, 7, 8, Page - 1, Page, Page + 1, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        0x7FFF_FFFF_F000, 0x7FFF_FFFF_FFFF, 0x8000_0000_0000, 0xFFFF_7FFF_FFFF_FFFF,
        0xFFFF_8000_0000_0000, 0x00FF_FFFF_FFFF_F000, 0x0100_0000_0000_0000,
        0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFF00_0000_0000_0000,
        0xFFFF_FFFF_FFFF_F000, ulong.MaxValue,
    ];

    private readonly ulong[] _addresses = new ulong[Kept];
    private readonly ulong[] _segments = new ulong[Kept];
    private readonly ulong[] _processes = new ulong[Kept];
    private readonly ulong[] _jobs = new ulong[Kept];
    private readonly Board _board;

    internal Values(Board board, ulong self, ulong grounds)
    {
        _board = board;
        Array.Fill(_addresses, grounds);
        Array.Fill(_processes, self);
    }

    /// <summary>A place that was allocated or mapped.</summary>
    internal void AddAddress(ref Chance chance, ulong address) =>
        _addresses[chance.Below(Kept)] = address;

    /// <summary>A segment that was made; the neighbours get to know it.</summary>
    internal void AddSegment(ref Chance chance, ulong segment)
    {
        _segments[chance.Below(Kept)] = segment;
        _board.Publish(ref chance, segment);
    }

    /// <summary>A child.</summary>
    internal void AddProcess(ref Chance chance, ulong process) =>
        _processes[chance.Below(Kept)] = process;

    /// <summary>A job that was made.</summary>
    internal void AddJob(ref Chance chance, ulong job) => _jobs[chance.Below(Kept)] = job;

    /// <summary>
    /// A job of this process's, or none; not the one that it is in itself, nor its neighbours'.
    /// </summary>
    internal ulong Job(ref Chance chance) => chance.OneIn(10)
        ? Edge(ref chance) | (1ul << 40)
        : _jobs[chance.Below(Kept)];

    /// <summary>A number at which something changes, or any.</summary>
    internal static ulong Edge(ref Chance chance) => chance.Below(4) switch
    {
        0 => chance.Next(),
        1 => _edges[chance.Below(_edges.Length)] + (ulong)chance.Below(17) - 8,
        2 => chance.Next() >> chance.Below(64),
        _ => _edges[chance.Below(_edges.Length)],
    };

    /// <summary>Nearly always an address of this process's.</summary>
    internal ulong Address(ref Chance chance)
    {
        if (chance.OneIn(12))
            return Edge(ref chance);
        ulong address = _addresses[chance.Below(Kept)];
        return chance.Below(6) switch
        {
            0 => address + (Page * (ulong)chance.Below(4)),
            1 => address + (ulong)chance.Below((int)(2 * Page)),
            _ => address,
        };
    }

    /// <summary>Nearly always a length of whole pages, and not of many.</summary>
    internal static ulong Bytes(ref Chance chance) => chance.Below(40) switch
    {
        0 => Edge(ref chance),
        1 => 64ul << 20,
        2 => 2ul << 20,
        3 => (ulong)chance.Below(10_000),
        < 10 => 0,
        _ => Page * (ulong)chance.Below(9),
    };

    /// <summary>Nearly always a segment that somebody has.</summary>
    internal ulong Segment(ref Chance chance) => chance.Below(10) switch
    {
        0 => Edge(ref chance),
        < 4 => _board.Published(ref chance),
        _ => _segments[chance.Below(Kept)],
    };

    /// <summary>
    /// This process, a child, a neighbour, or nobody; not those that had to keep what they are
    /// given: the shell, the first process.
    /// </summary>
    internal ulong Process(ref Chance chance) => chance.Below(10) switch
    {
        0 => Edge(ref chance) | (1ul << 40),
        < 5 => _board.Neighbour(ref chance),
        _ => _processes[chance.Below(Kept)],
    };
}
