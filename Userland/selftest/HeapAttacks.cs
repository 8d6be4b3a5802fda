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
    private const int SegmentsInTheEnd = 4000;

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

    /// <summary>Makes segments until there is no memory, with copies of itself.</summary>
    /// <param name="number">How many copies.</param>
    internal int MakeSegments(string number)
    {
        using Segment shared = Segment.Capture(Memory.Allocate(Memory.PageBytes));
        int* made = (int*)shared.Original!.Start.Value;
        ProcessId[] copies = new ProcessId[int.Parse(number, CultureInfo.InvariantCulture)];
        for (int i = 0; i < copies.Length; i++)
        {
            if (Process.Copy() is not { } copy)
                return MakeAndWait(made);
            copies[i] = copy;
            while (Volatile.Read(ref *made) != i + 1)
                Clock.Sleep(1);
        }
        _memory.TakeAll();
        int refused = Make(SegmentsInTheEnd, out ErrorCode last);
        _memory.GiveAllBack();
        foreach (ProcessId copy in copies)
            Process.Kill(copy);
        Console.WriteLine(
            $"attack: {refused} segments of {SegmentsInTheEnd} were refused, with {(byte)last:X2}");
        return 0;
    }

    private int MakeAndWait(int* made)
    {
        Make(SegmentsOfCopy, out _);
        Volatile.Write(ref *made, *made + 1);
        while (true)
            Clock.Sleep(1000);
    }

    private int Make(int count, out ErrorCode last)
    {
        int refused = 0;
        last = ErrorCode.None;
        for (int i = 0; i < count; i++)
        {
            ErrorCode error = _caller.Begin(SyscallCode.BackedAms).Put(Memory.PageBytes)
                .Put((byte)BackingMode.Pages, sizeof(byte)).Send();
            if (error == ErrorCode.None)
                continue;
            refused++;
            last = error;
        }
        return refused;
    }
}
