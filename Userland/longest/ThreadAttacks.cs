using System.Runtime.InteropServices;
using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Many threads.</summary>
internal static unsafe class ThreadAttacks
{
    private const int Threads = 1000;
    private const int StackBytes = Memory.PageBytes;

    internal static readonly Attack[] All =
    [
        new("wake a thousand threads", Wake),
        new("end with a thousand threads", End),
    ];

    // Safe, both: the word lies in a page of its own, which nobody gives back.
    private static void Wake()
    {
        Pages pages = Memory.Allocate(Memory.PageBytes);
        NativeThread[] threads = new NativeThread[Threads];
        for (int i = 0; i < threads.Length; i++)
            threads[i] = NativeThread.Start(&Wait, pages.Start.Value, StackBytes);
        Clock.Sleep(1);
        *(uint*)pages.Start.Value = 1;
        MemoryWord.Wake(pages.Start, Threads);
        foreach (NativeThread thread in threads)
            thread.Join();
        pages.Dispose();
    }

    private static void End() => Process.Wait(Children.Run(static () =>
    {
        Pages pages = Memory.Allocate(Memory.PageBytes);
        for (int i = 0; i < Threads; i++)
            NativeThread.Start(&Wait, pages.Start.Value, StackBytes);
        Clock.Sleep(1);
    }));

    [UnmanagedCallersOnly]
    private static uint Wait(ulong word)
    {
        MemoryWord.Wait(new Address(word), 0);
        return 0;
    }
}
