using System;
using System.Diagnostics;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Text;

namespace MemOS.Hog;

/// <summary>Takes all memory that there is, gives it back, and takes it again.</summary>
internal static class Program
{
    private static int Main()
    {
        Console.WriteLine("Allocating until there is no more (error 0x40), twice:");
        Verdict verdict = new("hog");
        Hoard hoard = new();
        ulong first = Fill(hoard, verdict, "first ");
        ulong second = Fill(hoard, verdict, "second");
        if (first != second)
            verdict.Fail($"{Sizes.Grouped(first)} bytes, then {Sizes.Grouped(second)}");
        return verdict.Print();
    }

    private static ulong Fill(Hoard hoard, Verdict verdict, string round)
    {
        long start = Stopwatch.GetTimestamp();
        if (!hoard.TryFill())
            verdict.Fail($"the last error was 0x{(byte)hoard.LastError:X2}, not 0x40");
        ulong bytes = hoard.Bytes;
        ulong touched = hoard.BytesTouched;
        hoard.Empty();
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        Console.WriteLine($"  {round}: {Sizes.Grouped(bytes)} bytes ({Sizes.Of(bytes)}), "
            + $"{Sizes.Of(touched)} touched, {(long)time.TotalMilliseconds} ms");
        return bytes;
    }
}
