using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Processes of selftest that run in jobs below its own.</summary>
internal static unsafe class Confined
{
    /// <summary>How many processes the job without authority may have.</summary>
    internal const ulong Processes = 8;

    private static readonly Caller _caller = new();

    private static readonly ulong _place = Memory.Allocate(Memory.PageBytes).Start.Value;

    // What each call gives that the job may not make, whatever it is asked about.
    private static readonly (string Name, Func<Caller> Begin)[] _forbidden =
    [
        ("READ_LOG", () => Begin(SyscallCode.ReadLog).Put(0).Put(0)),
        ("READ_LOG, a bad buffer", () => Begin(SyscallCode.ReadLog).Put(1ul << 63).Put(1)),
        ("COUNT_MEMORY", () => Begin(SyscallCode.CountMemory)),
        ("AUDIT_MEMORY", () => Begin(SyscallCode.AuditMemory)),
        ("SHUTDOWN", () => Begin(SyscallCode.Shutdown).Put(0, 1)),
        ("SHUTDOWN, no such mode", () => Begin(SyscallCode.Shutdown).Put(7, 1)),
        ("SET_FOREGROUND", () => Begin(SyscallCode.SetForeground).Put(0)),
        ("SET_FOREGROUND, no such job", () => Begin(SyscallCode.SetForeground).Put(1ul << 40)),
        ("LIST_REGIONS of the first", () => Begin(SyscallCode.ListRegions).Put(1).Put(0).Put(0)),
        ("LIST_REGIONS of nobody", () =>
            Begin(SyscallCode.ListRegions).Put(1ul << 40).Put(0).Put(0)),
        ("SPAWN, a high priority", () => BeginSpawn(20, 0)),
        ("CREATE_JOB, authority", () => BeginCreate(ulong.MaxValue, Authority.Log)),
    ];

    // What each call gives about jobs that are not below the caller's.
    private static readonly (string Name, ErrorCode Error, Func<ulong, Caller> Begin)[] _foreign =
    [
        ("CREATE_JOB", ErrorCode.NotFound, job =>
            Begin(SyscallCode.CreateJob).Put(0).Put(0).Put(0, 4).Put(job)),
        ("JOB_INFO", ErrorCode.NotFound, job =>
            Begin(SyscallCode.JobInfo).Put(job).Put(_place).Put((ulong)sizeof(JobRecord))),
        ("SET_JOB_LIMITS", ErrorCode.NotFound, job =>
            Begin(SyscallCode.SetJobLimits).Put(job).Put(0).Put(0).Put(0, 2)),
        ("END_JOB", ErrorCode.NotFound, job =>
            Begin(SyscallCode.EndJob).Put(job).Put(0, 4)),
        ("WAIT_JOB", ErrorCode.NotFound, job =>
            Begin(SyscallCode.WaitJob).Put(job).Put(0, 4)),
        ("SPAWN", ErrorCode.UnknownJob, job => BeginSpawn(0, job)),
    ];

    /// <summary>Tries all that needs authority, and jobs above its own.</summary>
    /// <returns>0, or the number of the first that was not as it must be.</returns>
    internal static int Run()
    {
        int number = 1;
        foreach ((_, Func<Caller> begin) in _forbidden)
        {
            if (begin().Send() != ErrorCode.NotPermitted)
                return number;
            number++;
        }
        ulong[] jobs = [1, 1ul << 40];
        foreach ((_, ErrorCode error, Func<ulong, Caller> begin) in _foreign)
        {
            foreach (ulong job in jobs)
            {
                if (begin(job).Send() != error)
                    return number;
            }
            number++;
        }
        JobInfo own = Job.Own.Info;
        ProcessInfo[] seen = Process.List();
        bool isConfined = own.Authority == Authority.None && own.Limits.Processes == Processes
            && Job.List().Length == 0 && seen.Length == 1 && seen[0].Id == Process.Id
            && Process.Maps(Process.Id).Length > 0;
        if (!isConfined)
            return number;
        return BeginCreate(Processes + 1, Authority.None).Send() == ErrorCode.BeyondParent
            && BeginCreate(Processes, Authority.None).Send() == ErrorCode.None
            ? 0
            : number + 1;
    }

    /// <summary>What the end of such a process tells.</summary>
    internal static string Describe(ProcessEnd end)
    {
        int number = end.Reason == EndReason.Exited ? (int)end.Data - 1 : -1;
        if (number >= 0 && number < _forbidden.Length)
            return _forbidden[number].Name;
        number -= _forbidden.Length;
        return number >= 0 && number < _foreign.Length ? _foreign[number].Name : $"{end}";
    }

    /// <summary>Exits when it is told to by a signal.</summary>
    internal static int ListenFor(SignalCode signal)
    {
        Signals.Handle(signal, static _ => Process.Exit(0));
        while (true)
            Clock.Sleep(1000);
    }

    /// <summary>Whether such a process sleeps, so that it handles the signal.</summary>
    internal static bool IsListening(ProcessId process) => Array.Exists(
        Process.List(), one => one.Id == process && one.State == ProcessState.Waiting);

    /// <summary>Makes a job, and another one below it, and leaves them.</summary>
    internal static int MakeTwo()
    {
        Job.Create().CreateBelow();
        return 0;
    }

    /// <summary>Makes a job and starts itself in it, until there are too many.</summary>
    /// <returns>How many jobs were made.</returns>
    internal static int Dig()
    {
        if (BeginCreate(ulong.MaxValue, Authority.None).Send() != ErrorCode.None)
            return 0;
        Job job = new(new JobId(_caller.Value0));
        int below = (int)Process.Wait(Process.Spawn("selftest", ["dig"], job)).Data;
        job.End();
        return below + 1;
    }

    private static Caller Begin(SyscallCode code) => _caller.Begin(code);

    private static Caller BeginSpawn(byte priority, ulong job)
    {
        // Safe: the page is this process's.
        "hello"u8.CopyTo(new Span<byte>((byte*)_place, 5));
        return Begin(SyscallCode.Spawn).Put(_place).Put(5).Put(0).Put(0)
            .Put(priority, 1).Put(0).Put(0).Put(job);
    }

    private static Caller BeginCreate(ulong processes, Authority authority)
    {
        ResourceRecord* limits = (ResourceRecord*)_place;
        *limits = new ResourceRecord
        {
            CommittedBytes = ResourceRecord.Unlimited,
            KernelBytes = ResourceRecord.Unlimited,
            Processes = processes,
            Threads = ResourceRecord.Unlimited,
            Segments = ResourceRecord.Unlimited,
            Regions = ResourceRecord.Unlimited,
            QueuedSignals = ResourceRecord.Unlimited,
        };
        return Begin(SyscallCode.CreateJob).Put(_place).Put((ulong)sizeof(ResourceRecord))
            .Put((ulong)authority, 2).Put(0, 2).Put(0);
    }
}
