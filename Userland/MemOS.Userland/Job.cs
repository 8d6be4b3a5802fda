using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>
/// Processes that have limits, authority and a share of the processor together, and end together.
/// A process sees the jobs below its own, and its own one's limits.
/// </summary>
public sealed unsafe class Job
{
    /// <summary>The share of the processor that a job has if nobody says otherwise.</summary>
    public const ushort UsualWeight = 100;

    private const ulong OwnNumber = 0;

    /// <summary>A job by its number, whether or not there is one.</summary>
    public Job(JobId id) => Id = id;

    /// <summary>Its number.</summary>
    public JobId Id { get; }

    /// <summary>The job that this process is in.</summary>
    public static Job Own => new(Tell(OwnNumber).Id);

    /// <summary>Stands for the job of who calls.</summary>
    internal static Job OfCaller { get; } = new(new JobId(OwnNumber));

    /// <summary>How it is now.</summary>
    /// <exception cref="MemOsException">0x30: neither this process's job nor below it.</exception>
    public JobInfo Info => Tell(Id.Value);

    /// <summary>Makes a job below that of this process.</summary>
    /// <param name="limits">What it may use; null: whatever this process's job may.</param>
    /// <param name="authority">What its processes may do; nothing that this one may not.</param>
    /// <param name="weight">Its share of the processor, 1 to 1000.</param>
    /// <exception cref="MemOsException">
    /// 0x04: authority that this process lacks. 0x10: a limit above that of its job. 0x40: its job
    /// has no room for another, or has too many above it.
    /// </exception>
    public static Job Create(
        JobLimits? limits = null, Authority authority = Authority.None,
        ushort weight = UsualWeight) => OfCaller.CreateBelow(limits, authority, weight);

    /// <summary>Makes a job below this one.</summary>
    /// <param name="limits">What it may use; null: whatever this job may.</param>
    /// <param name="authority">What its processes may do; nothing that this job may not.</param>
    /// <param name="weight">Its share of the processor, 1 to 1000.</param>
    /// <exception cref="MemOsException">
    /// 0x04: authority that this job or this process lacks. 0x10: a limit above that of this job.
    /// 0x30: neither this process's job nor below it. 0x40: this job has no room for another, has
    /// too many above it, or is to end.
    /// </exception>
    public Job CreateBelow(
        JobLimits? limits = null, Authority authority = Authority.None,
        ushort weight = UsualWeight)
    {
        ResourceRecord record = (limits ?? new JobLimits()).ToRecord();
        // Safe: the kernel only reads the record, which stays where it is.
        SyscallResult result = Syscall.Invoke(
            new CreateJobBlock(&record, authority, weight, Id)).OrThrow(SyscallCode.CreateJob);
        return new Job(new JobId(result.Value0));
    }

    /// <summary>All jobs below that of this process, each before those below it.</summary>
    public static JobInfo[] List() => Array.ConvertAll(
        Process.Collect<JobRecord>(SyscallCode.ListJobs, Fill), record => JobInfo.Of(record));

    /// <summary>Changes the limits of a job below that of this process.</summary>
    /// <param name="limits">What it may use from now on; what it uses already stays.</param>
    /// <param name="weight">Its share of the processor from now on.</param>
    /// <exception cref="MemOsException">
    /// 0x10: a limit above that of the job above it. 0x30: not below this process's job.
    /// </exception>
    public void SetLimits(JobLimits limits, ushort weight = UsualWeight)
    {
        ResourceRecord record = limits.ToRecord();
        // Safe: the kernel only reads the record, which stays where it is.
        Syscall.Invoke(new JobLimitsBlock(Id, &record, weight))
            .OrThrow(SyscallCode.SetJobLimits);
    }

    /// <summary>Ends all processes in the job and below, and the jobs.</summary>
    /// <param name="milliseconds">
    /// How long those have to end by themselves which handle <see cref="Signals.WillTerminate"/>
    /// or <see cref="Signals.Terminate"/>.
    /// </param>
    /// <exception cref="MemOsException">0x30: not below this process's job.</exception>
    public void End(uint milliseconds = 0) =>
        Syscall.Invoke(new JobTimeBlock(SyscallCode.EndJob, Id, milliseconds))
            .OrThrow(SyscallCode.EndJob);

    /// <summary>The same for a job that may have ended already.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryEnd()
    {
        ErrorCode error = Syscall.Invoke(new JobTimeBlock(SyscallCode.EndJob, Id, 0)).Error;
        return error is ErrorCode.None or ErrorCode.NotFound
            ? error == ErrorCode.None
            : throw new MemOsException(SyscallCode.EndJob, error);
    }

    /// <summary>Waits until no process is left in the job and below.</summary>
    /// <param name="milliseconds">How long; <see cref="uint.MaxValue"/>: for ever.</param>
    /// <returns>Whether there is none left.</returns>
    /// <exception cref="MemOsException">0x30: not below this process's job.</exception>
    public bool Wait(uint milliseconds = uint.MaxValue)
    {
        SyscallResult result = Syscall.Invoke(
            new JobTimeBlock(SyscallCode.WaitJob, Id, milliseconds));
        if (result.Error == ErrorCode.TimedOut)
            return false;
        result.OrThrow(SyscallCode.WaitJob);
        return true;
    }

    /// <summary>Gives the job the console, which this process's job or one below it has.</summary>
    /// <exception cref="MemOsException">
    /// 0x04: the console is someone else's, or the job has no authority for it. 0x30: neither this
    /// process's job nor below it.
    /// </exception>
    public void SetForeground() =>
        Syscall.Invoke(new ValueBlock(SyscallCode.SetForeground, Id.Value))
            .OrThrow(SyscallCode.SetForeground);

    private static JobInfo Tell(ulong id)
    {
        JobRecord record = default;
        // Safe: the kernel writes a record there, and it stays where it is.
        Syscall.Invoke(new ValueBufferBlock(
            SyscallCode.JobInfo, id, &record, sizeof(JobRecord))).OrThrow(SyscallCode.JobInfo);
        return JobInfo.Of(record);
    }

    // Safe: the kernel writes at most the span's length, and the span is pinned.
    private static SyscallResult Fill(Span<JobRecord> records)
    {
        fixed (JobRecord* start = records)
        {
            return Syscall.Invoke(new BufferBlock(
                SyscallCode.ListJobs, start, records.Length * sizeof(JobRecord)));
        }
    }
}
