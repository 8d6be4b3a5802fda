using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;
using MemOS.Userland.Terminal;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace MemOS.Init;

/// <summary>Runs the demos one after another and says how they went.</summary>
internal static class DemoRun
{
    // The demos that may drive devices.
    private const string Driver = "driver";
    private const string Pager = "pager";

    private static readonly (string Program, string Shows, string[] Arguments)[] _demos =
    [
        ("hello", "a C# program in ring 3, and where its parts lie", ["from", "init"]),
        ("layout", "no two runs, and no two parts, lie alike", []),
        ("writexec", "nothing is both writable and executable", []),
        ("isolation", "no way to the kernel, to others, to the hardware", []),
        ("share", "one memory for several processes, nothing copied", []),
        ("fork", "a copy of a process, and no byte is copied until it is written", []),
        ("jit", "the one road from data to code, and no road back", []),
        (Driver, "a device's memory in ring 3, for who may drive it", []),
        (Pager, "a gigabyte that is computed as far as it is looked at", []),
        ("jobs", "four bombs beside a program that goes on at its pace", []),
        ("hog", "memory runs out politely and comes back whole", []),
        ("crash", "what fails is ended, everything else goes on", []),
    ];

    // A demo that could not be started has not passed.
    private static readonly ProcessEnd _notStarted = new(EndReason.Killed, 0, FaultKind.None);

    /// <summary>Runs all demos.</summary>
    internal static void All()
    {
        DemoTally tally = new();
        foreach ((string program, string shows, string[] arguments) in _demos)
        {
            Console.WriteLine($"{Palette.Title(program)}  {shows}\n");
            long start = Stopwatch.GetTimestamp();
            ProcessEnd end = Run(program, arguments);
            long milliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            tally.Add(program, shows, end, milliseconds);
            Console.WriteLine();
        }
        Console.WriteLine(tally);
        Console.WriteLine(
            tally.Failed == 0 ? Palette.Good(tally.Summary) : Palette.Bad(tally.Summary));
    }

    private static ProcessEnd Run(string program, string[] arguments)
    {
        DeviceId[] devices = program is Driver or Pager ? Device.Drivables() : [];
        // In a job of its own, so that Ctrl-C ends it and not the machine's first program.
        Job job = Job.Create(authority: Authority.All & ~Authority.Keys);
        ErrorCode error = Process.TrySpawn(
            program, arguments, job, out ProcessId child, Process.OwnPriority, devices);
        if (error != ErrorCode.None)
        {
            job.End();
            string reason = ErrorText.Of(SyscallCode.Spawn, error);
            Console.WriteLine(Palette.Bad($"{program}: FAILED {reason}"));
            return _notStarted;
        }
        job.SetForeground();
        ProcessEnd end = Process.Wait(child);
        Job.Own.SetForeground();
        job.TryEnd();
        if (end.Reason != EndReason.Exited)
            Console.WriteLine(Palette.Bad($"{program}: FAILED {end}"));
        return end;
    }
}
