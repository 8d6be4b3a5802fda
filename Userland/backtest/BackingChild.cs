using System;
using System.Globalization;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>A child that serves a segment, which this process was given to read.</summary>
internal sealed class BackingChild
{
    private const uint Patience = 10_000;

    private readonly Board _board;

    internal BackingChild(string mode)
    {
        Segment page = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        _board = new Board(page.Original!.Start);
        Id = Process.Spawn(
            Program.Name, mode, page.Id.ToString(),
            Process.Id.Value.ToString(CultureInfo.InvariantCulture));
        page.Share(Id, SharingMode.Read | SharingMode.Write);
        Segment = Segment.Open(new SegmentId(_board.Await(Board.Own)), Patience);
    }

    internal ProcessId Id { get; }

    /// <summary>What it serves.</summary>
    internal Segment Segment { get; }

    /// <summary>Has it use what another serves.</summary>
    internal void Give(Segment other)
    {
        other.Share(Id, SharingMode.Read);
        _board.Put(Board.Other, other.Id.Value);
        _board.Await(Board.HasOther);
    }

    /// <summary>Ends it, if it still runs.</summary>
    internal void End() => Process.Kill(Id);
}
