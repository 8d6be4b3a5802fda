using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>System calls, memory and processes, beside Linux 6.1 (goals of the project).</summary>
internal static class MemoryRows
{
    private const int Page = Memory.PageBytes;
    private const int SmallRegion = 256 * Page;
    private const int LargeRegion = 64 << 20;
    private const int LargePages = LargeRegion / Page;

    internal static readonly Row[] All =
    [
        new("null system call", 326, 120,
            counter => counter.Measure(10_000, static () => _ = Process.Id)),
        new("allocate + free 4 KB, untouched", 16_646, 1_500,
            counter => counter.Measure(1_000, static () => Memory.Allocate(Page).Dispose())),
        new("allocate + touch + free 4 KB", 26_967, 3_000,
            counter => counter.Measure(1_000, static () => Touched(Page))),
        new("allocate + touch + free 64 MB, a page", 4_638, 900,
            counter => counter.Measure(2, static () => Touched(LargeRegion)) / LargePages),
        new("first write to a fresh page", 3_351, 1_000, counter => FirstUse(counter, Write)),
        new("first read of a fresh page", 1_274, 500, counter => FirstUse(counter, Read)),
        new("start a program + exit + wait", 0, 0,
            counter => counter.Measure(8, static () => StartAndWait())),
    ];

    private delegate void PageUse(Pages pages);

    private static void StartAndWait() => Process.Wait(Process.Spawn("bench", "exit"));

    private static void Touched(int bytes)
    {
        using Pages pages = Memory.Allocate((nuint)bytes);
        Write(pages);
    }

    private static ulong FirstUse(Counter counter, PageUse use)
    {
        using Pages pages = Memory.Allocate(SmallRegion);
        ulong first = counter.MeasureOnce(() => use(pages));
        ulong again = counter.MeasureOnce(() => use(pages));
        return (first - again) / (SmallRegion / Page);
    }

    private static void Write(Pages pages)
    {
        for (nuint offset = 0; offset < pages.Bytes; offset += Page)
            pages[offset] = 1;
    }

    private static void Read(Pages pages)
    {
        int sum = 0;
        for (nuint offset = 0; offset < pages.Bytes; offset += Page)
            sum += pages[offset];
        _sum = sum;
    }

    // Where sums go, so that the compiler keeps the reading.
    private static volatile int _sum;
}
