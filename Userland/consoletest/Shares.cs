using System;
using System.Globalization;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>What a lone program gets of the processor beside many, each in a job.</summary>
internal static class Shares
{
    private const string Name = "consoletest";
    private const int Children = 1000;
    private const uint BeginMilliseconds = 1_000;
    private const uint MeasuredMilliseconds = 4_000;

    internal static int BesideThreads()
    {
        Job many = Job.Create();
        Start(many, "threads");
        return Measure(many);
    }

    internal static int BesideChildren()
    {
        Job many = Job.Create();
        for (int i = 0; i < Children; i++)
            Start(many, "spin");
        return Measure(many);
    }

    private static int Measure(Job many)
    {
        Job lone = Job.Create();
        Clock.Sleep(BeginMilliseconds);
        Start(lone, "spin");
        Clock.Sleep(BeginMilliseconds);
        JobInfo loneBefore = lone.Info;
        JobInfo manyBefore = many.Info;
        Clock.Sleep(MeasuredMilliseconds);
        TimeSpan loneUsed = lone.Info.ProcessorTime - loneBefore.ProcessorTime;
        TimeSpan manyUsed = many.Info.ProcessorTime - manyBefore.ProcessorTime;
        many.TryEnd();
        lone.TryEnd();
        string part = (loneUsed / (loneUsed + manyUsed)).ToString(
            "0.00", CultureInfo.InvariantCulture);
        int total = (int)(loneUsed + manyUsed).TotalMilliseconds;
        Console.WriteLine($"lone share {part} of {total} ms");
        return 0;
    }

    private static void Start(Job job, string word)
    {
        ErrorCode error = Process.TrySpawn(Name, [word], job, out _);
        if (error != ErrorCode.None)
            throw new MemOsException(SyscallCode.Spawn, error);
    }
}
