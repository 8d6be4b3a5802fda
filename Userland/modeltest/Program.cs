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
/// modeltest [STEPS [SEED]]; modeltest replay STEP...: what a run that fails prints. To be run by
/// "drive", or no process gets a device's memory.
/// </remarks>
internal static class Program
{
    private const long UsualSteps = 100_000;
    private const int UsualSeed = 1;
    private const int StepsARound = 500;

    // By then the heaps of this program and the kernel have their size.
    private const int WarmUpRounds = 4;
    private const ulong HeapSlack = 1 << 20;

    // Page tables of this program, whose heap may grow somewhere else: three for each of the 64
    // pieces of it that may be spare. One frame that is lost a round is more.
    private const ulong TableSlack = 768 << 10;
    private const int MostRuns = 200;

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
        MemoryCount before = default;
        for (long round = -WarmUpRounds; round * StepsARound < steps; round++)
        {
            long count = long.Min(steps - (round * StepsARound), StepsARound);
            if (!TryPlay(random, (int)count, seed))
                return 1;
            MemoryCount after = CountWithoutOwn();
            if (round < 0)
                before = after;
            else if (!IsKept(before, after))
                return ReportLoss(before, after, seed, round);
        }
        Outcomes.Print();
        Console.WriteLine($"modeltest: {steps} steps agree, seed {seed}: "
            + $"{Outcomes.Kinds} kinds of outcome, {ModelSignals.Told} signals, "
            + $"{Round.Starved} rounds cut short");
        return 0;
    }

    // Once all peers have ended. What this program itself has counts as free.
    private static MemoryCount CountWithoutOwn()
    {
        GC.Collect();
        MemoryCount count = Machine.Memory;
        ulong own =
            Array.Find(Process.List(), one => one.Id == Process.Id)!.ResidentBytes;
        return count with { Free = count.Free + own, Programs = count.Programs - own };
    }

    private static bool IsKept(MemoryCount before, MemoryCount after) =>
        after.Total == after.Free + after.Kernel + after.Programs
            && after.Free + HeapSlack >= before.Free
            && after.Programs <= before.Programs + TableSlack;

    private static int ReportLoss(MemoryCount before, MemoryCount after, int seed, long round)
    {
        Console.WriteLine($"modeltest: FAILED, seed {seed}: memory is lost");
        Console.WriteLine($"drive modeltest {(round + 1) * StepsARound} {seed}");
        Console.WriteLine($"before {before}");
        Console.WriteLine($"after {after}");
        return 1;
    }

    private static bool TryPlay(Random random, int count, int seed)
    {
        Step[] steps = [.. Enumerable.Range(0, count).Select(_ => Step.Draw(random))];
        if (Round.Play(steps) is not string failure)
            return true;
        Console.WriteLine($"modeltest: FAILED, seed {seed}: {failure}");
        Console.WriteLine("cutting down");
        Step[] least = StepCutter.Cut(steps, FailsEachTime, MostRuns);
        Report(least);
        Console.WriteLine($"drive modeltest replay {string.Join(' ', least)}");
        return false;
    }

    // What depends on the frames that the kernel has to give is no good to look at.
    private static bool FailsEachTime(Step[] steps) =>
        Round.Play(steps) is not null && Round.Play(steps) is not null;

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
