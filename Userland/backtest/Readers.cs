using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Backtest;

/// <summary>What a child does with a segment that it is given.</summary>
internal static unsafe class Readers
{
    private const uint Patience = 10_000;
    private const ulong Threads = 4;
    private const ulong PagesAThread = 3;

    private static bool _isWarned;

    /// <summary>Reads a page; ends by the fault, if it is one.</summary>
    internal static int Read(SegmentId id, ulong page) => Judge(Open(id), page);

    /// <summary>Reads so many pages, the last one first.</summary>
    internal static int ReadAll(SegmentId id, ulong pages)
    {
        ulong start = Open(id);
        for (ulong page = pages; page-- != 0;)
        {
            if (!Served.IsRight(start, page))
                return Program.Wrong;
        }
        return Program.Right;
    }

    /// <summary>Reads a page, and handles the fault.</summary>
    internal static int ReadTold(SegmentId id, ulong page)
    {
        ulong place = Open(id) + (page * Memory.PageBytes);
        Signals.MemoryFault += (address, access) => Process.Exit(
            address.Value == place && access == FaultKind.Read ? Program.Right : Program.Wrong);
        Trespass.Read(new Address(place));
        return Program.Wrong;
    }

    /// <summary>
    /// Reads a page; after a fault not before a late answer must have been given.
    /// </summary>
    internal static int ReadAgain(SegmentId id, ulong page)
    {
        int faults = 0;
        Signals.MemoryFault += (_, _) =>
        {
            faults++;
            Clock.Sleep(SyscallConvention.BackerMilliseconds);
        };
        int exit = Judge(Open(id), page);
        return faults == 1 ? exit : Program.Wrong;
    }

    /// <summary>Reads a page, and is told meanwhile that it is to end.</summary>
    internal static int ReadWarned(SegmentId id, ulong page)
    {
        Signals.WillTerminate += static _ => _isWarned = true;
        int exit = Judge(Open(id), page);
        return _isWarned ? exit : Program.Wrong;
    }

    /// <summary>Reads pages with several threads, one of them all at once.</summary>
    internal static int ReadWithThreads(SegmentId id, ulong first)
    {
        ulong start = Open(id);
        NativeThread[] threads = new NativeThread[(int)Threads];
        for (ulong i = 0; i < Threads; i++)
        {
            ulong page = first + (i * PagesAThread);
            threads[(int)i] = NativeThread.Start(&ReadSome, start + (page * Memory.PageBytes));
        }
        bool isRight = true;
        for (ulong i = 0; i < Threads; i++)
        {
            ulong page = first + (i * PagesAThread);
            isRight &= threads[(int)i].Join() == (uint)((page * PagesAThread) + 3);
        }
        return isRight ? Program.Right : Program.Wrong;
    }

    /// <summary>Has a copy of the process read a page, through the mapping that it has.</summary>
    internal static int ReadInCopy(SegmentId id, ulong page)
    {
        ulong start = Open(id);
        if (Process.Copy() is not { } copy)
            return Judge(start, page);
        return (int)Process.Wait(copy).Data;
    }

    /// <summary>Writes pages of a copy-on-write share, one of them before it is read.</summary>
    internal static int WriteCopies(SegmentId id, ulong page)
    {
        ulong start = Segment.Open(id, Patience).Map().Start.Value;
        ulong* first = (ulong*)(start + (page * Memory.PageBytes));
        ulong* second = first + (Memory.PageBytes / sizeof(ulong));
        bool isRight = Served.IsRight(start, page);
        first[1] = 0;
        second[1] = 0;
        isRight &= first[1] == 0 && first[2] == Served.Word(page, 2);
        isRight &= second[1] == 0 && second[2] == Served.Word(page + 1, 2);
        return isRight ? Program.Right : Program.Wrong;
    }

    /// <summary>Maps all of a segment once it is given.</summary>
    internal static ulong Open(SegmentId id) =>
        Segment.Open(id, Patience).Map(MappingRights.Read).Start.Value;

    private static int Judge(ulong start, ulong page) =>
        Served.IsRight(start, page) ? Program.Right : Program.Wrong;

    // The sum of the pages' numbers, and of the places of what is read there.
    [UnmanagedCallersOnly]
    private static uint ReadSome(ulong place)
    {
        ulong sum = 0;
        for (ulong i = 0; i < PagesAThread; i++)
        {
            ulong word = *(ulong*)(place + (i * Memory.PageBytes) + (i * sizeof(ulong)));
            sum += (word >> 32) + (uint)word - 1 - i;
        }
        return (uint)sum;
    }
}
