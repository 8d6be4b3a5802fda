using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>Memory that several mappings and processes have, beside Linux 6.1.</summary>
internal static class SegmentRows
{
    private const nuint Page = Memory.PageBytes;

    // Too few for large pages.
    private const int Pages = 256;
    private const nuint Bytes = Pages * Page;
    private const int HandOvers = 64;

    internal static readonly Row[] All =
    [
        new("shared segment, first touch", 4_951, 1_100, FirstTouch),
        new("shared segment, second mapping", 445, 400, SecondMapping),
        new("copy-on-write fault", 4_006, 1_500, CopyOnWrite),
        // Linux has no counterpart; a page through a pipe and back is 10,346.
        new("hand a page over exclusively", 0, 1_500, HandOver),
        new("make a segment of a page", 0, 0, Capture),
        new("map a page of a segment, unmap it", 0, 0, MapAndUnmap),
    ];

    private static ulong FirstTouch(Counter counter)
    {
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        return Touch(counter, segment.Original!);
    }

    // The pages are there, but not in these page tables.
    private static ulong SecondMapping(Counter counter)
    {
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        Write(segment.Original!);
        return Touch(counter, segment.Map());
    }

    private static ulong CopyOnWrite(Counter counter)
    {
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        Write(segment.Original!);
        Mapping copy = segment.Map(MappingRights.Write | MappingRights.CopyOnWrite);
        return Touch(counter, copy);
    }

    // The giver's part: the page is unmapped, and the receiver has it.
    private static ulong HandOver(Counter counter)
    {
        ProcessId receiver = Process.Spawn(Program.Name, Program.WaitArgument);
        Segment[] segments = Make(HandOvers);
        int next = 0;
        ulong instructions = counter.MeasureOnce(() =>
        {
            while (next < HandOvers)
                segments[next++].HandOver(receiver);
        });
        Process.Kill(receiver);
        return instructions / HandOvers;
    }

    private static ulong Capture(Counter counter)
    {
        Pages[] pages = new Pages[HandOvers];
        for (int i = 0; i < HandOvers; i++)
        {
            pages[i] = Memory.Allocate(Page);
            pages[i][0] = 1;
        }
        Segment[] segments = new Segment[HandOvers];
        ulong instructions = counter.MeasureOnce(() =>
        {
            for (int i = 0; i < HandOvers; i++)
                segments[i] = Segment.Capture(pages[i]);
        });
        Array.ForEach(segments, static segment => segment.Dispose());
        return instructions / HandOvers;
    }

    private static ulong MapAndUnmap(Counter counter)
    {
        using Segment segment = Segment.Capture(Memory.Allocate(Page));
        return counter.Measure(1_000, () => segment.Map().Dispose());
    }

    private static Segment[] Make(int count)
    {
        Segment[] segments = new Segment[count];
        for (int i = 0; i < count; i++)
        {
            segments[i] = Segment.Capture(Memory.Allocate(Page));
            segments[i].Original![0] = 1;
        }
        return segments;
    }

    private static ulong Touch(Counter counter, Mapping mapping)
    {
        Action act = () => Write(mapping);
        ulong first = counter.MeasureOnce(act);
        ulong again = counter.MeasureOnce(act);
        return (first - again) / Pages;
    }

    private static void Write(Mapping mapping)
    {
        for (nuint offset = 0; offset < Bytes; offset += Page)
            mapping[offset] = 1;
    }
}
