using System;
using System.Threading;

namespace MemOS.ConsoleTest;

/// <summary>Those who have a word to say about Ctrl-C.</summary>
internal static class Interruptions
{
    private const int RestMilliseconds = 10;

    internal static int CancelOnce()
    {
        int times = 0;
        Console.CancelKeyPress += (_, told) =>
        {
            told.Cancel = ++times == 1;
            Console.WriteLine($"told {times} of {told.SpecialKey}");
        };
        Console.WriteLine("listens");
        while (true)
            Thread.Sleep(RestMilliseconds);
    }

    internal static void CancelAlways()
    {
        Console.CancelKeyPress += (_, told) => told.Cancel = true;
        Console.WriteLine("listens");
        while (true)
            Thread.Sleep(RestMilliseconds);
    }

    internal static int ReadAsKey()
    {
        Console.TreatControlCAsInput = true;
        Console.WriteLine("listens");
        ConsoleKeyInfo key = Console.ReadKey(intercept: true);
        Console.WriteLine($"key {key.Modifiers}+{key.Key}");
        return 0;
    }
}
