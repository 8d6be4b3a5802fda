using System;
using System.Diagnostics;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Pager;

/// <summary>
/// A picture of a gigabyte in a segment, of which only what is touched is ever computed: by this
/// process, which shows it, and by another.
/// </summary>
internal static class Program
{
    /// <summary>The program's own name in the archive.</summary>
    internal const string Name = "pager";

    /// <summary>Longest wait for the other side to share.</summary>
    internal const uint Patience = 10_000;

    private static int Main(string[] args) => args is [string text]
        && SegmentId.TryParse(text, out SegmentId id) ? Look(id) : Show();

    private static int Show()
    {
        Verdict verdict = new(Name);
        Table table = new Table("who looks", "at", "touched", "supplied", "ms")
            .AlignRight(2).AlignRight(3).AlignRight(4);
        ulong before = Machine.Memory.Free;
        using BackedSegment backed = new(Picture.Bytes, Picture.Supply);
        using Mapping mapping = backed.Segment.Map(MappingRights.Read);
        Console.WriteLine($"a picture of {Picture.Side} x {Picture.Side} pixels, "
            + $"{Sizes.Of(Picture.Bytes)}, in {Sizes.Of(before)} of free memory");

        long stamp = Stopwatch.GetTimestamp();
        using (Canvas? canvas = Canvas.TryOpen())
        {
            ShowView(mapping, canvas, verdict);
            Add(table, "this process", canvas is null ? "a view" : "a view, on the screen",
                View.Tiles, backed.Supplied, stamp);
            canvas?.Rest();
        }
        if (backed.Supplied != View.Tiles)
            verdict.Fail("not every page of the view was supplied once");

        stamp = Stopwatch.GetTimestamp();
        uint supplied = backed.Supplied;
        ProcessId other = Process.Spawn(Name, backed.Segment.Id.ToString());
        backed.Segment.Share(other, SharingMode.Read);
        ProcessEnd end = Process.Wait(other);
        Add(table, "another process", "the view, and a diagonal", View.Tiles + Picture.Diagonal,
            backed.Supplied - supplied, stamp);
        bool isGood = end.Reason == EndReason.Exited && end.Data == 0
            && backed.Supplied - supplied == Picture.Diagonal;
        if (!isGood)
            verdict.Fail($"the other process saw something else: {end}");
        Console.Write(table);
        Console.WriteLine($"{Picture.Pages - backed.Supplied} of {Picture.Pages} pages were "
            + "never computed, and take no memory.");
        return verdict.Print();
    }

    // The other side: looks at what is there already, and at what is not yet.
    private static int Look(SegmentId id)
    {
        using Mapping mapping = Segment.Open(id, Patience).Map();
        bool isRight = true;
        for (int i = 0; i < View.Tiles; i++)
            isRight &= Picture.IsRight(mapping, View.Tile(i));
        for (int i = 0; i < Picture.Diagonal; i++)
            isRight &= Picture.IsRight(mapping, Picture.DiagonalTile(i));
        return isRight ? 0 : 1;
    }

    private static void ShowView(Mapping mapping, Canvas? canvas, Verdict verdict)
    {
        for (int i = 0; i < View.Tiles; i++)
        {
            Tile tile = View.Tile(i);
            if (!Picture.IsRight(mapping, tile))
                verdict.Fail("a page is not as it was computed");
            canvas?.Draw(
                Picture.PixelsOf(mapping, tile), View.Column(i) * Tile.Side,
                View.Row(i) * Tile.Side);
        }
    }

    private static void Add(
        Table table, string who, string what, long touched, long supplied, long stamp) =>
        table.Add(who, what, Sizes.Grouped((ulong)touched), Sizes.Grouped((ulong)supplied),
            Sizes.Grouped((ulong)Stopwatch.GetElapsedTime(stamp).TotalMilliseconds));
}
