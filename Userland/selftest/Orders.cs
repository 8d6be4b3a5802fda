using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Processes that share in every way, and end, give up and take back in any order. What they had
/// must come back; a test counts the frames afterwards.
/// </summary>
internal static unsafe class Orders
{
    private const int Holders = 3;
    private const int Segments = 6;
    private const uint Patience = 10_000;

    // Words of the page that all share.
    private const int Count = 0;
    private const int Ids = 8;
    private const int Processes = 16;
    private const int Ready = 24;

    private static readonly uint[] _pages = [1, 3, 40, 700, 1, 1100];

    private static readonly SharingMode[] _modes =
    [
        SharingMode.Read, SharingMode.Read | SharingMode.Write,
        SharingMode.Read | SharingMode.Write | SharingMode.CopyOnWrite,
    ];

    /// <summary>Plays some rounds.</summary>
    /// <returns>0; what is lost is for the test to see.</returns>
    internal static int Run(string rounds)
    {
        int count = int.Parse(rounds, System.Globalization.CultureInfo.InvariantCulture);
        Random random = new(count);
        for (int round = 0; round < count; round++)
            Play(random);
        Console.WriteLine($"orders: {count} rounds");
        return 0;
    }

    /// <summary>One of the others: maps, writes and gives on what it can, then stays.</summary>
    internal static int Hold(SegmentId box, string number)
    {
        ulong* words = (ulong*)Segment.Open(box, Patience).Map().Start.Value;
        while (Volatile.Read(ref words[Count]) == 0)
            Clock.Sleep(1);
        for (ulong i = 0; i < words[Count]; i++)
        {
            if (Segment.TryOpen(new(words[Ids + i])) is not { } segment)
                continue;
            segment.TryMap(0, segment.Bytes, MappingRights.Read, out _);
            if (segment.TryMap(0, segment.Bytes, MappingRights.All, out Mapping? mapping) == 0
                && segment.Info is var info && MayWrite(info))
                Scribble(mapping!);
            for (int j = 0; j < Holders; j++)
                segment.TryShare(new(words[Processes + j]), _modes[j]);
        }
        Volatile.Write(
            ref words[Ready + int.Parse(number,
                System.Globalization.CultureInfo.InvariantCulture)], 1);
        while (true)
            Clock.Sleep(1000);
    }

    private static void Play(Random random)
    {
        using Segment box = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        ulong* words = (ulong*)box.Original!.Start.Value;
        ProcessId[] holders = new ProcessId[Holders];
        for (int i = 0; i < Holders; i++)
        {
            holders[i] = Process.Spawn("selftest", "holder", box.Id.ToString(), $"{i}");
            words[Processes + i] = holders[i].Value;
            box.Share(holders[i], SharingMode.Read | SharingMode.Write);
        }
        Segment[] segments = new Segment[Segments];
        for (int i = 0; i < Segments; i++)
        {
            segments[i] = Make(random, holders, i);
            words[Ids + i] = segments[i].Id.Value;
        }
        Volatile.Write(ref words[Count], Segments);
        for (int i = 0; i < Holders; i++)
        {
            while (Volatile.Read(ref words[Ready + i]) == 0)
                Clock.Sleep(1);
        }
        End(random, holders, segments);
    }

    private static Segment Make(Random random, ProcessId[] holders, int number)
    {
        Segment segment = Segment.Capture(Memory.Allocate(_pages[number] * Memory.PageBytes));
        if (random.Next(2) == 0)
            Scribble(segment.Original!);
        if (random.Next(4) == 0)
        {
            segment.HandOver(holders[random.Next(Holders)]);
            return segment;
        }
        foreach (ProcessId holder in holders)
        {
            if (random.Next(3) != 0)
                segment.Share(holder, _modes[random.Next(_modes.Length)]);
        }
        return segment;
    }

    // Every end there is, in any order; what is over already is over.
    private static void End(Random random, ProcessId[] holders, Segment[] segments)
    {
        Action[] ends = new Action[Holders + (2 * Segments)];
        for (int i = 0; i < Holders; i++)
        {
            ProcessId holder = holders[i];
            ends[i] = () => Process.Kill(holder);
        }
        for (int i = 0; i < Segments; i++)
        {
            Segment segment = segments[i];
            ProcessId holder = holders[i % Holders];
            ends[Holders + (2 * i)] = segment.Dispose;
            ends[Holders + (2 * i) + 1] = () => segment.TryUnshare(holder);
        }
        random.Shuffle(ends);
        foreach (Action end in ends)
            end();
    }

    private static bool MayWrite(SegmentInfo info) =>
        info.Form == ShareForm.Exclusive || (info.Mode & SharingMode.Write) != 0;

    private static void Scribble(Mapping mapping)
    {
        for (nuint at = 0; at < mapping.Bytes; at += 3 * Memory.PageBytes)
            mapping[at] = 1;
    }
}
