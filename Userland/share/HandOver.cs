using System.Diagnostics;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Share;

/// <summary>Much memory goes over to another process, for good, without being copied.</summary>
internal static unsafe class HandOver
{
    /// <summary>What the receiver is started with.</summary>
    internal const string Part = "take";

    private const ulong MostBytes = 64 << 20;
    private const ulong Step = 2 << 20;

    internal static void Show(Table table, Verdict verdict)
    {
        long stamp = Stopwatch.GetTimestamp();
        // All of 64 MB, or half of what a small machine has left.
        ulong bytes = ulong.Min(MostBytes, Machine.Memory.Free / 2 / Step * Step);
        Pages pages = Memory.Allocate((nuint)bytes);
        for (nuint offset = 0; offset < pages.Bytes; offset += Memory.PageBytes)
            Word(pages.Start, offset) = offset;
        Segment segment = Segment.Capture(pages);
        Address start = segment.Original!.Start;
        ProcessId receiver = Process.Spawn("share", Part);
        segment.HandOver(receiver);
        if (Process.FindRegion(Process.Id, start) is not null)
            verdict.Fail("the giver still has it");
        ProcessEnd end = Process.Wait(receiver);
        // Page tables of the receiver's are all that may come.
        bool isGood = end.Reason == EndReason.Exited && end.Data < bytes / 256;
        if (!isGood)
            verdict.Fail($"the receiver has something else: {end}");
        table.Add("exclusive", Sizes.Of(bytes), "0 B",
            $"handed over; {Sizes.Of(end.Data)} more in use for page tables",
            Other.Since(stamp));
    }

    /// <summary>The other side: by how much memory in use has grown is the exit data.</summary>
    internal static int Take(Segment segment)
    {
        ulong before = Other.MemoryInUse;
        using Mapping mapping = segment.Map();
        for (nuint offset = 0; offset < mapping.Bytes; offset += Memory.PageBytes)
        {
            if (Word(mapping.Start, offset) != offset)
                Process.Exit(-1);
        }
        ulong after = Other.MemoryInUse;
        Process.Exit((long)(after > before ? after - before : 0));
        return 1;
    }

    // Safe: the offset is below the size of what begins there.
    private static ref ulong Word(Address start, nuint offset) =>
        ref *(ulong*)(start.Value + offset);
}
