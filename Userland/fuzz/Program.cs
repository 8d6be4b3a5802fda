using System;
using System.Globalization;
using MemOS.Userland;

namespace MemOS.Fuzz;

/// <summary>
/// Makes system calls with random and with nearly right arguments, from several processes at once,
/// with whatever there is in the registers: no call may harm anybody but its caller. Not a demo; a
/// test runs it.
/// </summary>
/// <remarks>
/// fuzz CALLS [SEED]. What each process calls is the same for the same seed; which of them runs
/// when is not, unless the machine counts instructions.
/// </remarks>
internal static class Program
{
    private const ulong UsualSeed = 1;

    // The heaps of this program and the kernel, and page tables.
    private const ulong Slack = 4 << 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private static int Main(string[] args) => args switch
    {
        ["worker", string segment, string slot, string seed] =>
            Supervisor.Work(segment, slot, seed),
        [string calls] => Run(Number(calls), UsualSeed),
        [string calls, string seed] => Run(Number(calls), Number(seed)),
        // A worker has started it with whatever it had, which nearly always is nothing.
        _ => Refuse(),
    };

    private static int Refuse()
    {
        Console.WriteLine("fuzz CALLS [SEED]");
        return 2;
    }

    private static int Run(ulong calls, ulong seed)
    {
        Console.WriteLine($"fuzz: {calls} calls, seed {seed}");
        // So that what stays is there before.
        using (Supervisor first = new(seed))
            first.Run(1_000);
        AwaitOthers(0);
        int processes = Process.List().Length;
        ulong before = CountFree();
        using Supervisor supervisor = new(seed + 1);
        supervisor.Run(calls);
        bool areGone = AwaitOthers(processes);
        ulong after = CountFree();
        bool isKept = after + Slack >= before;
        if (!areGone)
            TellOfOthers(processes);
        if (!isKept)
            Console.WriteLine($"fuzz: FAILED {before - after} bytes of memory are lost");
        Console.WriteLine($"fuzz: {supervisor.Calls} calls made, seed {seed}: "
            + $"{supervisor.Kinds} kinds of outcome, {supervisor.Workers} workers, "
            + $"{supervisor.EndedEarly} ended early");
        return areGone && isKept ? 0 : 1;
    }

    // Children of workers that have ended may go on for a while.
    private static bool AwaitOthers(int processes)
    {
        TimeSpan end = Clock.Uptime + _patience;
        while (Clock.Uptime < end)
        {
            ProcessInfo[] all = Process.List();
            int ownKind = Array.FindAll(all, static one => one.Name == "fuzz").Length;
            if (ownKind == 1 && (processes == 0 || all.Length <= processes))
                return true;
            Clock.Sleep(20);
        }
        return false;
    }

    private static void TellOfOthers(int processes)
    {
        ProcessInfo[] all = Process.List();
        Console.WriteLine($"fuzz: FAILED {all.Length} processes, not {processes}");
        foreach (ProcessInfo one in all)
        {
            Console.WriteLine($"fuzz: {one.Id} of {one.Parent} {one.Name} is {one.State}, "
                + $"ran for {one.ProcessorTime.TotalMilliseconds} ms");
        }
    }

    // What this program has itself counts as free.
    private static ulong CountFree()
    {
        GC.Collect();
        ulong own = Array.Find(Process.List(), static one => one.Id == Process.Id)!.ResidentBytes;
        return Machine.Memory.Free + own;
    }

    private static ulong Number(string text) => ulong.Parse(text, CultureInfo.InvariantCulture);
}
