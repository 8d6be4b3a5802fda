using System;
using System.Globalization;
using System.Linq;
using MemOS.Modeltest.Model;
using MemOS.Modeltest.Peers;
using MemOS.Tests.Model;
using MemOS.Userland;

namespace MemOS.Modeltest;

/// <summary>
/// Has processes do random things with memory, segments and signals, and holds the kernel to a
/// model of it after every step: outcome, values, contents, rights, signals. Not a demo; a test
/// runs it.
/// </summary>
/// <remarks>
/// modeltest [STEPS [SEED]]; modeltest replay STEP...: what a run that fails prints.
/// </remarks>
internal static class Program
{
    private const long UsualSteps = 100_000;
    private const int UsualSeed = 1;
    private const int StepsARound = 500;

    // By then the heaps of this program and the kernel have their size.
    private const int WarmUpRounds = 4;
    private const long HeapSlack = 1 << 20;
    private const int MostRuns = 400;

    private static int Main(string[] args) => args switch
    {
        ["peer", string id] => PeerLoop.Run(
            SegmentId.TryParse(id, out SegmentId box) ? box : default),
        ["replay", .. string[] steps] => Report([.. steps.Select(Step.Parse)]),
        [] => Run(UsualSteps, UsualSeed),
        [string steps] => Run(Number(steps), UsualSeed),
        [string steps, string seed] => Run(Number(steps), (int)Number(seed)),
        _ => throw new ArgumentException("modeltest [STEPS [SEED]] or modeltest replay STEP..."),
    };

    private static int Run(long steps, int seed)
    {
        Random random = new(seed);
        for (int i = 0; i < WarmUpRounds; i++)
        {
            if (!TryPlay(random, StepsARound, seed))
                return 1;
        }
        MemoryCount before = Machine.Memory;
        for (long left = steps; left > 0; left -= StepsARound)
        {
            if (!TryPlay(random, (int)long.Min(left, StepsARound), seed))
                return 1;
            GC.Collect();
            MemoryCount now = Machine.Memory;
            ulong own = Array.Find(Process.List(), p => p.Id == Process.Id)!.ResidentBytes;
            Console.WriteLine($"{Clock.Uptime.TotalMilliseconds} free {now.Free >> 12} kernel {now.Kernel >> 12} programs {now.Programs >> 12} own {own >> 12} other {(now.Programs - own) >> 12} regions {Process.Maps(Process.Id).Length}");
        }
        MemoryCount after = Machine.Memory;
        if (IsKept(before, after))
        {
            Console.WriteLine($"modeltest: {steps} steps agree, seed {seed}");
            return 0;
        }
        Console.WriteLine($"modeltest: FAILED, seed {seed}: memory was lost");
        Console.WriteLine($"before {before}");
        Console.WriteLine($"after {after}");
        return 1;
    }

    // What is lost a step shows after thousands.
    private static bool IsKept(MemoryCount before, MemoryCount after) =>
        after.Total == after.Free + after.Kernel + after.Programs
            && long.Abs((long)(before.Free - after.Free)) <= HeapSlack;

    private static bool TryPlay(Random random, int count, int seed)
    {
        Step[] steps = [.. Enumerable.Range(0, count).Select(_ => Step.Draw(random))];
        if (Round.Play(steps) is not string failure)
            return true;
        Console.WriteLine($"modeltest: FAILED, seed {seed}: {failure}");
        Console.WriteLine("cutting down");
        Step[] least = StepCutter.Cut(steps, some => Round.Play(some) is not null, MostRuns);
        Report(least);
        Console.WriteLine($"run modeltest replay {string.Join(' ', least)}");
        return false;
    }

    private static int Report(Step[] steps)
    {
        string? failure = Round.Play(steps);
        Console.WriteLine(failure is null
            ? $"modeltest: {steps.Length} steps agree"
            : $"modeltest: FAILED: {failure}");
        return failure is null ? 0 : 1;
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
