using MemOS.Abi;

namespace MemOS.Selftest;

/// <content>Jobs and the console that they have.</content>
internal sealed unsafe partial class Makings
{
    private static readonly byte[] _rest = "rest\0"u8.ToArray();

    /// <summary>Whether there is a process in a job.</summary>
    private enum HasProcess
    {
        No,
        Yes,
    }

    private Making CreatingJob() => Calling(
        "CREATE_JOB",
        _ => BeginCreateJob(),
        (_, job) => EndJob(job));

    private Making AskingForJob() => Plain(
        "JOB_INFO",
        () => _bench.Begin(SyscallCode.JobInfo).Put(0).Put(_bench.Grounds.Writable).Put(Page));

    private Making LimitingJob() => WithJob(
        "SET_JOB_LIMITS",
        job => _bench.Begin(SyscallCode.SetJobLimits).Put(job).Put(0).Put(0).Put(7, 2));

    private Making WaitingForJob() => WithJob("WAIT_JOB", job => BeginTimed(
        SyscallCode.WaitJob, job));

    private Making EndingJob(HasProcess process) => Plain($"END_JOB: process {process}", () =>
    {
        ulong job = CreateJob();
        if (process == HasProcess.Yes)
        {
            BeginSpawn(_rest, job);
            _bench.Accepts("SPAWN");
        }
        BeginTimed(SyscallCode.EndJob, job);
    });

    // The caller's own job has it.
    private Making SettingForeground() => Plain(
        "SET_FOREGROUND", () => _bench.Begin(SyscallCode.SetForeground).Put(0));

    private Making Writing() => Plain("CONSOLE_WRITE", () =>
    {
        // Safe: the ground is longer.
        *(byte*)_bench.Grounds.Writable = (byte)'.';
        _bench.Begin(SyscallCode.ConsoleWrite).Put(_bench.Grounds.Writable).Put(1);
    });

    private Making Reading() => Plain(
        "CONSOLE_READ",
        () => _bench.Begin(SyscallCode.ConsoleRead).Put(_bench.Grounds.Writable).Put(1)
            .Put(1, sizeof(uint)));

    private Making ListingRegions() => Plain(
        "LIST_REGIONS",
        () => _bench.Begin(SyscallCode.ListRegions).Put(Userland.Process.Id.Value)
            .Put(_bench.Grounds.Writable).Put(SyscallConvention.LongestBuffer));

    private Making StoppingNever() => Plain(
        "SHUTDOWN in no way that there is",
        () => _bench.Begin(SyscallCode.Shutdown).Put(byte.MaxValue, sizeof(byte)),
        ErrorCode.InvalidArgument);

    // Unknown in a kernel that does not run out of memory on demand.
    private Making Limiting()
    {
        Making limit = Plain("LIMIT_MEMORY", BeginLimit);
        BeginLimit();
        return limit with { Answer = _bench.Caller.Send() };
    }

    private void BeginLimit() =>
        _bench.Begin(SyscallCode.LimitMemory).Put(NoLimit).Put(NoLimit);

    // The kernel that runs out of memory does not measure its entries.
    private Making ListingEntries() => Plain(
        "LIST_ENTRIES where there are none",
        () => _bench.Begin(SyscallCode.ListEntries).Put(_bench.Grounds.Writable)
            .Put(SyscallConvention.LongestBuffer),
        ErrorCode.NoSuchSyscall);

    private Making WithJob(string name, System.Action<ulong> begin) => Calling(
        name,
        thing => begin(Prepared(thing, CreateJob)),
        (thing, _) =>
        {
            EndJob(_of[thing]);
            _of[thing] = 0;
        });

    private void BeginCreateJob() =>
        _bench.Begin(SyscallCode.CreateJob).Put(0).Put(0).Put(0, sizeof(uint)).Put(0);

    private ulong CreateJob()
    {
        BeginCreateJob();
        _bench.Accepts("CREATE_JOB");
        return _bench.Caller.Value0;
    }

    private void EndJob(ulong job)
    {
        BeginTimed(SyscallCode.EndJob, job);
        _bench.Accepts("END_JOB");
    }

    private void BeginTimed(SyscallCode code, ulong job) =>
        _bench.Begin(code).Put(job).Put(0, sizeof(uint));
}
