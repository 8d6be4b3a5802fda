using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Making jobs, their limits, their authority and their end.</summary>
internal sealed unsafe class JobChecks(Workbench bench)
{
    private const int RecordBytes = 144;
    private const int LimitBytes = 56;

    // Jobs above a job at most, the first one among them; the caller may be in one of them.
    private const ulong MostAbove = 15;
    private const ulong FewestBelow = 8;

    private readonly ulong _place = bench.Grounds.Writable;

    internal void Run()
    {
        bench.Checks.Equal("a job record's size", RecordBytes, (ulong)sizeof(JobRecord));
        bench.Checks.Equal("a limit record's size", LimitBytes, (ulong)sizeof(ResourceRecord));
        TryCreate();
        TryCreateBelow();
        TryLimits();
        TryLists();
        TryNumbers();
        TryEnds();
        TrySwap();
        TryConfined();
        TryDepth();
    }

    private void TryCreate()
    {
        ulong last = Create(new JobLimits(), Authority.None, 0);
        for (ushort weight = 1; weight <= 1000; weight += 333)
        {
            ulong job = Create(new JobLimits(), Job.Own.Info.Authority, weight);
            bench.Checks.That("CREATE_JOB: each number is higher than the one before", job > last);
            JobInfo info = new Job(new JobId(job)).Info;
            bench.Checks.That("CREATE_JOB: it is as it was wished",
                info.Weight == weight && info.Authority == Job.Own.Info.Authority
                && info.Parent == Job.Own.Id && info.State == JobState.Open
                && info.Usage == new JobUsage(0, 0, 0, 0, 0, 0, 0));
            End(last);
            last = job;
        }
        End(last);
        BeginCreate(new JobLimits(), (Authority)0x100, 0);
        bench.Refuses("CREATE_JOB: authority that there is not", ErrorCode.InvalidArgument);
        BeginCreate(new JobLimits(), Authority.None, 1001);
        bench.Refuses("CREATE_JOB: the weight 1001", ErrorCode.InvalidArgument);
        for (ulong bytes = 1; bytes < 2 * LimitBytes; bytes += 18)
        {
            bench.Begin(SyscallCode.CreateJob).Put(_place).Put(bytes).Put(0, 4).Put(0);
            bench.Refuses($"CREATE_JOB: limits of {bytes} bytes", ErrorCode.InvalidArgument);
        }
        bench.Begin(SyscallCode.CreateJob).Put(bench.Grounds.Hole).Put(LimitBytes).Put(0, 4)
            .Put(0);
        bench.Refuses("CREATE_JOB: limits that are not there", ErrorCode.BadPointer);
        bench.Begin(SyscallCode.CreateJob).Put(0).Put(0).Put(0, 4).Put(0);
        bench.Accepts("CREATE_JOB: no limits at all");
        JobInfo unlimited = new Job(new JobId(bench.Caller.Value0)).Info;
        bench.Checks.That("CREATE_JOB: no limits at all are the parent's",
            unlimited.Limits == Job.Own.Info.Limits);
        End(bench.Caller.Value0);
    }

    private void TryCreateBelow()
    {
        BeginCreate(new JobLimits(), Authority.None, 0, Job.Own.Id.Value);
        bench.Accepts("CREATE_JOB: below the caller's by its number");
        ulong above = bench.Caller.Value0;
        bench.Checks.That("CREATE_JOB: it is below the caller's",
            new Job(new JobId(above)).Info.Parent == Job.Own.Id);
        Write(new JobLimits { Threads = 7, Processes = 2 });
        bench.Begin(SyscallCode.SetJobLimits).Put(above).Put(_place).Put(LimitBytes).Put(0, 2);
        bench.Accepts("SET_JOB_LIMITS");
        BeginCreate(new JobLimits { Threads = 8 }, Authority.None, 0, above);
        bench.Refuses("CREATE_JOB: a limit above that of the job that is named",
            ErrorCode.BeyondParent);
        BeginCreate(new JobLimits(), Authority.Log, 0, above);
        bench.Refuses("CREATE_JOB: authority that the job that is named lacks",
            ErrorCode.NotPermitted);
        for (int i = 0; i < 2; i++)
        {
            BeginCreate(new JobLimits { Threads = 7 }, Authority.None, 0, above);
            bench.Accepts("CREATE_JOB: below another");
            bench.Checks.That("CREATE_JOB: it is below the other",
                new Job(new JobId(bench.Caller.Value0)).Info.Parent.Value == above);
        }
        BeginCreate(new JobLimits(), Authority.None, 0, above);
        bench.Refuses("CREATE_JOB: the one that is named has a limit", ErrorCode.NoMemory);
        End(above);
        int before = Job.List().Length;
        Process.Wait(Process.Spawn("selftest", "two-jobs"));
        for (int i = 0; i < 1000 && Job.List().Length > before; i++)
            Clock.Sleep(1);
        bench.Checks.Equal("jobs that an ended process made go, wherever they are",
            (ulong)before, (ulong)Job.List().Length);
    }

    private void TryLimits()
    {
        ulong id = Create(new JobLimits { Threads = 7, Regions = 1 << 20 }, Authority.None, 0);
        Job job = new(new JobId(id));
        bench.Checks.That("JOB_INFO: limits are as they were set",
            job.Info.Limits == Job.Own.Info.Limits with { Threads = 7, Regions = 1 << 20 });
        Write(new JobLimits { Processes = 3 });
        bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(_place).Put(LimitBytes).Put(9, 2);
        bench.Accepts("SET_JOB_LIMITS");
        bench.Checks.That("SET_JOB_LIMITS: the old ones are gone",
            job.Info.Limits == Job.Own.Info.Limits with { Processes = 3 }
            && job.Info.Weight == 9);
        bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(0).Put(0).Put(0, 2);
        bench.Accepts("SET_JOB_LIMITS: none");
        bench.Checks.That("SET_JOB_LIMITS: a weight of 0 leaves it",
            job.Info.Limits == Job.Own.Info.Limits && job.Info.Weight == 9);
        bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(0).Put(0).Put(1001, 2);
        bench.Refuses("SET_JOB_LIMITS: the weight 1001", ErrorCode.InvalidArgument);
        bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(_place).Put(8).Put(0, 2);
        bench.Refuses("SET_JOB_LIMITS: limits of 8 bytes", ErrorCode.InvalidArgument);
        End(id);
    }

    private void TryLists()
    {
        int before = Job.List().Length;
        ulong first = Create(new JobLimits(), Authority.Log, 1);
        ulong second = Create(new JobLimits(), Authority.None, 2);
        bench.Begin(SyscallCode.ListJobs).Put(_place).Put(RecordBytes * 16);
        bench.Accepts("LIST_JOBS");
        bench.Checks.Equal("LIST_JOBS: how many", (ulong)before + 2, bench.Caller.Value0);
        JobRecord* records = (JobRecord*)_place;
        bench.Checks.That("LIST_JOBS: the newest come last",
            records[before].Id == first && records[before + 1].Id == second
            && records[before].Authority == Authority.Log && records[before + 1].Weight == 2);
        bench.Begin(SyscallCode.ListJobs).Put(0).Put(0);
        bench.Accepts("LIST_JOBS: no room");
        bench.Checks.Equal("LIST_JOBS: how many without room", (ulong)before + 2,
            bench.Caller.Value0);
        bench.Begin(SyscallCode.ListJobs).Put(bench.Grounds.Hole).Put(RecordBytes);
        bench.Refuses("LIST_JOBS: to what is not there", ErrorCode.BadPointer);
        bench.Begin(SyscallCode.JobInfo).Put(0).Put(_place).Put(RecordBytes - 1);
        bench.Refuses("JOB_INFO: too short a buffer", ErrorCode.InvalidArgument);
        bench.Begin(SyscallCode.JobInfo).Put(0).Put(bench.Grounds.ReadOnly).Put(RecordBytes);
        bench.Refuses("JOB_INFO: a buffer to read", ErrorCode.NotPermitted);
        bench.Begin(SyscallCode.SetForeground).Put(second);
        bench.Refuses("SET_FOREGROUND: no authority to have it", ErrorCode.NotPermitted);
        End(first);
        End(second);
        bench.Checks.Equal("END_JOB: they are gone", (ulong)before, (ulong)Job.List().Length);
    }

    // Numbers of no job that can be named so.
    private void TryNumbers()
    {
        ulong[] strangers = [1ul << 40, ulong.MaxValue];
        foreach (ulong id in strangers)
            RefusesAll(id, ErrorCode.NotFound, ErrorCode.UnknownJob);
        ulong own = Job.Own.Id.Value;
        ulong[] selves = [0, own];
        foreach (ulong id in selves)
        {
            bench.Begin(SyscallCode.JobInfo).Put(id).Put(_place).Put(RecordBytes);
            bench.Accepts($"JOB_INFO: the caller's own, {id}");
            BeginTime(SyscallCode.EndJob, id, 0);
            bench.Refuses($"END_JOB: the caller's own, {id}", ErrorCode.NotFound);
            BeginTime(SyscallCode.WaitJob, id, 0);
            bench.Refuses($"WAIT_JOB: the caller's own, {id}", ErrorCode.NotFound);
            bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(0).Put(0).Put(0, 2);
            bench.Refuses($"SET_JOB_LIMITS: the caller's own, {id}", ErrorCode.NotFound);
        }
    }

    private void RefusesAll(ulong id, ErrorCode error, ErrorCode errorOfSpawn)
    {
        BeginCreate(new JobLimits(), Authority.None, 0, id);
        bench.Refuses($"CREATE_JOB: below the job {id}", error);
        bench.Begin(SyscallCode.JobInfo).Put(id).Put(_place).Put(RecordBytes);
        bench.Refuses($"JOB_INFO: the job {id}", error);
        bench.Begin(SyscallCode.SetJobLimits).Put(id).Put(0).Put(0).Put(0, 2);
        bench.Refuses($"SET_JOB_LIMITS: the job {id}", error);
        BeginTime(SyscallCode.EndJob, id, 10);
        bench.Refuses($"END_JOB: the job {id}", error);
        BeginTime(SyscallCode.WaitJob, id, 10);
        bench.Refuses($"WAIT_JOB: the job {id}", error);
        bench.Begin(SyscallCode.SetForeground).Put(id);
        bench.Refuses($"SET_FOREGROUND: the job {id}", error);
        "hello"u8.CopyTo(new Span<byte>((byte*)_place, 5));
        bench.Begin(SyscallCode.Spawn).Put(_place).Put(5).Put(0).Put(0)
            .Put(0, sizeof(byte)).Put(0).Put(0).Put(id);
        bench.Refuses($"SPAWN: in the job {id}", errorOfSpawn);
    }

    private void TryEnds()
    {
        Job job = Job.Create();
        BeginTime(SyscallCode.WaitJob, job.Id.Value, 0);
        bench.Accepts("WAIT_JOB: nothing was started in it");
        ProcessId spinning = Process.Spawn("selftest", ["spin"], job);
        ProcessInfo info = Array.Find(Process.List(), one => one.Id == spinning)!;
        bench.Checks.That("LIST_PROCESSES: a process tells its job", info.Job == job.Id);
        uint[] times = [0, 30];
        foreach (uint time in times)
        {
            BeginTime(SyscallCode.WaitJob, job.Id.Value, time);
            bench.Refuses($"WAIT_JOB: {time} ms are over", ErrorCode.TimedOut);
        }
        BeginTime(SyscallCode.EndJob, job.Id.Value, 60_000);
        bench.Accepts("END_JOB: who handles nothing is ended at once");
        bench.Checks.That("END_JOB: its process was ended",
            Process.Wait(spinning).Reason == EndReason.Killed);
        RefusesAll(job.Id.Value, ErrorCode.NotFound, ErrorCode.UnknownJob);
        SignalCode[] signals = [SignalCode.WillTerminate, SignalCode.Terminate];
        foreach (SignalCode signal in signals)
        {
            job = Job.Create();
            ProcessId told = Process.Spawn("selftest", ["told", $"{(int)signal}"], job);
            while (!Confined.IsListening(told))
                Clock.Sleep(1);
            job.End(60_000);
            ProcessEnd end = Process.Wait(told);
            bench.Checks.That($"END_JOB: {signal} lets it end by itself, {end}", end.IsSuccess);
        }
        job = Job.Create();
        ProcessId exiting = Process.Spawn("selftest", ["exit"], job);
        BeginTime(SyscallCode.WaitJob, job.Id.Value, uint.MaxValue);
        bench.Accepts("WAIT_JOB: until the last process has ended");
        Process.Wait(exiting);
        End(job.Id.Value);
    }

    private void TrySwap()
    {
        ProcessEnd end = Process.Wait(Process.Spawn("selftest", "swap"));
        bench.Checks.That($"another call becomes END_JOB as it waits: {end}", end.IsSuccess);
    }

    // What a process without authority cannot do, by a process in such a job.
    private void TryConfined()
    {
        Job job = Job.Create(new JobLimits { Processes = Confined.Processes });
        ProcessEnd end = Process.Wait(Process.Spawn("selftest", ["confined"], job));
        bench.Checks.That($"without authority: {Confined.Describe(end)}", end.IsSuccess);
        End(job.Id.Value);
    }

    // Each makes a job and starts the next one in it.
    private void TryDepth()
    {
        ProcessEnd end = Process.Wait(Process.Spawn("selftest", "dig"));
        bench.Checks.That("CREATE_JOB: too many jobs above it",
            end.Reason == EndReason.Exited && end.Data is >= FewestBelow and <= MostAbove);
    }

    private ulong Create(JobLimits limits, Authority authority, ushort weight)
    {
        BeginCreate(limits, authority, weight);
        bench.Accepts("CREATE_JOB");
        return bench.Caller.Value0;
    }

    private void End(ulong job)
    {
        BeginTime(SyscallCode.EndJob, job, 0);
        bench.Accepts("END_JOB");
    }

    private void BeginCreate(
        JobLimits limits, Authority authority, ushort weight, ulong above = 0)
    {
        Write(limits);
        bench.Begin(SyscallCode.CreateJob).Put(_place).Put(LimitBytes)
            .Put((ulong)authority, 2).Put(weight, 2).Put(above);
    }

    private void BeginTime(SyscallCode code, ulong job, uint milliseconds) =>
        bench.Begin(code).Put(job).Put(milliseconds, sizeof(uint));

    // Safe: the grounds are longer.
    private void Write(JobLimits limits) => *(ResourceRecord*)_place = new ResourceRecord
    {
        CommittedBytes = limits.CommittedBytes,
        KernelBytes = limits.KernelBytes,
        Processes = limits.Processes,
        Threads = limits.Threads,
        Segments = limits.Segments,
        Regions = limits.Regions,
        QueuedSignals = limits.QueuedSignals,
    };
}
