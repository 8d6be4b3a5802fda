using System.Diagnostics;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;
using Process = MemOS.Userland.Process;

namespace MemOS.Share;

/// <summary>A reader that writes all over what it was given, and harms nobody.</summary>
internal static class Scribble
{
    /// <summary>What the reader is started with.</summary>
    internal const string Part = "scribble";

    private const nuint Pages = 256;
    private const nuint Bytes = Pages * Memory.PageBytes;
    private const byte Scrawl = 0xEE;

    internal static void Show(Table table, Verdict verdict)
    {
        long stamp = Stopwatch.GetTimestamp();
        using Segment segment = Segment.Capture(Memory.Allocate(Bytes));
        Mapping original = segment.Original!;
        for (nuint page = 0; page < Pages; page++)
            original[page * Memory.PageBytes] = (byte)page;
        ProcessId reader = Process.Spawn("share", Part);
        segment.Share(
            reader, SharingMode.Read | SharingMode.Write | SharingMode.CopyOnWrite);
        ProcessEnd end = Process.Wait(reader);
        for (nuint page = 0; page < Pages; page++)
        {
            if (original[page * Memory.PageBytes] != (byte)page)
                verdict.Fail($"page {page} was written to");
        }
        ulong copied = end.Data * Memory.PageBytes;
        // Half of the pages were written to; page tables count as well.
        bool isGood = end.Reason == EndReason.Exited && end.Data is >= Pages / 2 and < Pages;
        if (!isGood)
            verdict.Fail($"{Sizes.Of(copied)} were copied: {end}");
        table.Add("copy-on-write", Sizes.Of(Bytes), Sizes.Of(Pages / 2 * Memory.PageBytes),
            "half of it scribbled on, the giver's is as it was", Other.Since(stamp));
    }

    /// <summary>The other side: how many pages became its own is the exit data.</summary>
    internal static int Write(Segment segment)
    {
        using Mapping mapping = segment.Map();
        // The page tables come with the reading.
        for (nuint page = 0; page < Pages; page++)
        {
            if (mapping[page * Memory.PageBytes] != (byte)page)
                return 1;
        }
        ulong before = Other.MemoryInUse;
        for (nuint page = 0; page < Pages; page += 2)
            mapping.Slice(page * Memory.PageBytes, Memory.PageBytes).Fill(Scrawl);
        Process.Exit((long)((Other.MemoryInUse - before) / Memory.PageBytes));
        return 1;
    }
}
