using System;
using System.Globalization;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// What would exhaust the kernel's heap if it could be: calls that make much garbage and none that
/// fails while there is no memory, and more segments than any table has room for.
/// </summary>
internal sealed unsafe class HeapAttacks
{
    private const int Reads = 2000;
    private const int SegmentsOfCopy = 4090;
    private const int LateCopies = 4;

    // Each has the kernel collect its garbage first, with a hundred thousand segments alive.
    private const int Refusals = 4;

    private readonly MemoryHoard _memory = new();
    private readonly Caller _caller = new();

    /// <summary>Reads the log with the longest buffer, again and again.</summary>
    internal int ReadLog()
    {
        ulong buffer = Memory.Allocate(SyscallConvention.LongestBuffer).Start.Value;
        _memory.TakeAll();
        int done = 0;
        for (int i = 0; i < Reads; i++)
        {
            ErrorCode error = _caller.Begin(SyscallCode.ReadLog).Put(buffer)
                .Put(SyscallConvention.LongestBuffer).Send();
            done += error == ErrorCode.None ? 1 : 0;
        }
        _memory.GiveAllBack();
        Console.WriteLine($"attack: the log was read {done} times of {Reads}");
        return 0;
    }

    /// <summary>
    /// Makes segments with copies of itself, takes all memory and makes more, with some copies
    /// that have waited for that: no process can have as many as the kernel's reserve holds.
    /// </summary>
    /// <param name="number">How many copies make theirs before.</param>
    internal int MakeSegments(string number)
    {
        using Segment shared = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        // Safe, here and below: the page is mapped in this process and all of its copies.
        Meeting* meeting = (Meeting*)shared.Original!.Start.Value;
        int early = int.Parse(number, CultureInfo.InvariantCulture);
        ProcessId[] copies = new ProcessId[early + LateCopies];
        for (int i = 0; i < copies.Length; i++)
        {
            if (Process.Copy() is not { } copy)
                return MakeAndWait(meeting, i < early ? Part.Early : Part.Late);
            copies[i] = copy;
            Await(ref meeting->Done, Math.Min(i + 1, early));
        }
        _memory.TakeAll();
        int made = Make(out _);
        Volatile.Write(ref meeting->MemoryIsTaken, 1);
        Await(ref meeting->Done, copies.Length);
        _memory.GiveAllBack();
        foreach (ProcessId copy in copies)
            Process.Kill(copy);
        Console.WriteLine($"attack: {made + meeting->MadeLate} more segments were made, "
            + $"{meeting->Refused} refused");
        return 0;
    }

    private int MakeAndWait(Meeting* meeting, Part part)
    {
        if (part == Part.Late)
            Await(ref meeting->MemoryIsTaken, 1);
        int made = Make(out int refused);
        if (part == Part.Late)
        {
            Interlocked.Add(ref meeting->MadeLate, made);
            Interlocked.Add(ref meeting->Refused, refused);
        }
        Interlocked.Increment(ref meeting->Done);
        while (true)
            Clock.Sleep(1000);
    }

    private static void Await(ref int word, int value)
    {
        while (Volatile.Read(ref word) != value)
            Clock.Sleep(1);
    }

    // As many as a process can have, or until there is no memory for them again and again.
    private int Make(out int refused)
    {
        int made = 0;
        refused = 0;
        while (made < SegmentsOfCopy && refused < Refusals)
        {
            ErrorCode error = _caller.Begin(SyscallCode.BackedAms).Put(Memory.PageBytes)
                .Put((byte)BackingMode.Pages, sizeof(byte)).Send();
            if (error is not (ErrorCode.None or ErrorCode.NoMemory))
                throw new MemOsException(SyscallCode.BackedAms, error);
            made += error == ErrorCode.None ? 1 : 0;
            refused += error == ErrorCode.None ? 0 : 1;
        }
        return made;
    }

    // When a copy makes its segments: before all memory is taken, or afterwards.
    private enum Part
    {
        Early,
        Late,
    }

    // What a process and its copies tell each other.
    private struct Meeting
    {
        internal int Done;
        internal int MemoryIsTaken;
        internal int MadeLate;
        internal int Refused;
    }
}
