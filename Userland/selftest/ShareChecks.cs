using System;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Programs that compute for ever stop nobody, and share the processor by their priorities.
/// </summary>
internal sealed class ShareChecks(Workbench bench)
{
    private const byte Weak = 5;
    private const byte Strong = 20;

    // The bounds of a ratio that should be 4: wide, as each got its first slice for nothing.
    private const double Least = 2.5;
    private const double Most = 6.5;

    private static readonly TimeSpan _long = TimeSpan.FromMilliseconds(600);

    // What stops the whole machine for a while counts for who ran then: not often the same one.
    private const int Attempts = 5;

    internal void Run()
    {
        TimeSpan weak = default;
        TimeSpan strong = default;
        bool isShared = false;
        for (int i = 0; i < Attempts && !isShared; i++)
        {
            (weak, strong) = Compete();
            isShared = strong > weak * Least && strong < weak * Most;
        }
        bench.Checks.That("who sleeps wakes while others spin", true);
        bench.Checks.That(
            $"priorities {Weak} and {Strong} got {weak.TotalMilliseconds:F0} and "
                + $"{strong.TotalMilliseconds:F0} ms", isShared);
    }

    private static (TimeSpan Weak, TimeSpan Strong) Compete()
    {
        ProcessId weak = Process.Spawn("selftest", ["spin"], Weak);
        ProcessId strong = Process.Spawn("selftest", ["spin"], Strong);
        TimeSpan weakTime = default;
        TimeSpan strongTime = default;
        while (weakTime + strongTime < _long)
        {
            Clock.Sleep(20);
            ProcessInfo[] all = Process.List();
            weakTime = TimeOf(all, weak);
            strongTime = TimeOf(all, strong);
        }
        Process.Kill(strong);
        Process.Kill(weak);
        return (weakTime, strongTime);
    }

    private static TimeSpan TimeOf(ProcessInfo[] all, ProcessId process) =>
        Array.Find(all, one => one.Id == process)!.ProcessorTime;
}
