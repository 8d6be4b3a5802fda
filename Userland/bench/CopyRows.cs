using System;
using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>Copies of a process, and writes to what they share with it.</summary>
internal static unsafe class CopyRows
{
    private const uint Page = Memory.PageBytes;

    // Too small for a large page.
    private const uint Pages = 256;

    // Enough for the kernel to collect its garbage meanwhile.
    private const int Copies = 400;

    internal static readonly Row[] All =
    [
        new("copy process, exit, wait, 1 MB resident", 259_374, 40_000,
            static counter => Copy(counter, 1 << 20)),
        new("copy process, exit, wait, 64 MB resident", 6_641_204, 60_000,
            static counter => Copy(counter, 64 << 20)),
        new("copy-on-write fault, after a copy of the process", 4_006, 1_500, WriteShared),
        new("copy-on-write, last owner", 1_395, 500, WriteLast),
    ];

    // What is resident lies in pieces of 1 MB, so in small pages as Linux' would.
    private static ulong Copy(Counter counter, uint bytes)
    {
        const uint Piece = Pages * Page;
        Pages[] pieces = new Pages[bytes / Piece];
        for (int i = 0; i < pieces.Length; i++)
        {
            pieces[i] = Memory.Allocate(Piece);
            Write(pieces[i]);
        }
        ulong instructions = counter.Measure(Copies, static () => CopyAndWait());
        foreach (Pages piece in pieces)
            piece.Dispose();
        return instructions;
    }

    private static void CopyAndWait()
    {
        if (Process.Copy() is { } child)
            Process.Wait(child);
        else
            Process.Exit(0);
    }

    // While a copy has the pages as well.
    private static ulong WriteShared(Counter counter)
    {
        using Pages pages = Memory.Allocate(Pages * Page);
        ProcessId child = Share(pages);
        ulong instructions = Measure(counter, pages);
        Process.Kill(child);
        return instructions;
    }

    // The page tables are this space's own already, but the pages were shared when they became so.
    private static ulong WriteLast(Counter counter)
    {
        using Pages pages = Memory.Allocate(Pages * Page);
        ProcessId child = Share(pages);
        Process.Kill(child);
        return Measure(counter, pages);
    }

    // With a copy of this process, in page tables that are this one's own: the first and the last
    // page lie in the one or two that map them.
    private static ProcessId Share(Pages pages)
    {
        Write(pages);
        ProcessId? child = Process.Copy();
        if (child is null)
            Rest();
        pages[0] = 1;
        pages[(Pages - 1) * Page] = 1;
        return child!.Value;
    }

    private static void Rest()
    {
        while (true)
            Clock.Sleep(1000);
    }

    private static ulong Measure(Counter counter, Pages pages)
    {
        Action act = () => Write(pages);
        ulong first = counter.MeasureOnce(act);
        ulong again = counter.MeasureOnce(act);
        return (first - again) / (Pages - 2);
    }

    private static void Write(Pages pages)
    {
        for (nuint offset = 0; offset < pages.Bytes; offset += Page)
            pages[offset] = 1;
    }
}
