using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>
/// Making jobs, their limits, and their end. Only jobs below the caller's can be named, and its own
/// where that does no harm: for all others the answer is that of a number that nobody has.
/// </summary>
internal static class JobSyscalls
{
    private const ulong OwnJob = 0;
    private const uint Forever = uint.MaxValue;

    // Jobs that are listed in one entry into the kernel, some 1,100 instructions each, and those
    // that are looked at.
    private const int ListedInPiece = 64;
    private const int SeenInPiece = 256;

    /// <summary>Makes a job below the caller's, or below one that is below that.</summary>
    internal static SyscallOutcome Create(ref SyscallCall call)
    {
        ErrorCode error = TakeLimits(ref call, out ResourceAmounts limits);
        if (error != ErrorCode.None)
            return call.Fail(error);
        Authority authority = (Authority)call.Arguments.TakeUInt16();
        ushort weight = call.Arguments.TakeUInt16();
        ulong above = call.Arguments.TakeUInt64();
        if ((authority & ~Authority.All) != 0 || weight > Job.HighestWeight)
            return call.Fail(ErrorCode.InvalidArgument);
        if (!call.Caller.Job.Has(authority) || !MayWeigh(call.Caller.Job, weight))
            return call.Fail(ErrorCode.NotPermitted);
        if (!TryFindOwnOrBelow(call.Caller, above, out Job? parent))
            return call.Fail(ErrorCode.NotFound);
        if (!parent!.Has(authority))
            return call.Fail(ErrorCode.NotPermitted);
        if (!AreWithin(limits, parent))
            return call.Fail(ErrorCode.BeyondParent);
        if (!JobTable.TryCreate(call.Caller, parent, limits, authority, out Job? job))
            return call.Fail(ErrorCode.NoMemory);
        job.Weight = weight == 0 ? Job.UsualWeight : weight;
        return call.Finish(job.Id.Value);
    }

    /// <summary>Tells a job's limits, usage and authority.</summary>
    internal static SyscallOutcome Tell(ref SyscallCall call)
    {
        ulong id = call.Arguments.TakeUInt64();
        ErrorCode error = UserBuffer.Take(ref call, Access.Write, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        if (buffer.Bytes < (ulong)Unsafe.SizeOf<JobRecord>())
            return call.Fail(ErrorCode.InvalidArgument);
        if (!TryFindOwnOrBelow(call.Caller, id, out Job? job))
            return call.Fail(ErrorCode.NotFound);
        job!.Account.Settle();
        UserBuffer.Put(call, ref buffer, Describe(job));
        return call.Finish();
    }

    /// <summary>All jobs below the caller's.</summary>
    internal static SyscallOutcome List(ref SyscallCall call)
    {
        ErrorCode error = UserBuffer.TakeForList(ref call, out UserSpan buffer);
        if (error != ErrorCode.None)
            return call.Fail(error);
        Job own = call.Caller.Job;
        ref CallProgress progress = ref call.Thread.Call;
        buffer = UserBuffer.SkipRecords<JobRecord>(buffer, progress.Done);
        Job? first = JobTable.After(new JobId(progress.Last));
        Job? end = first;
        int count = 0;
        for (int i = 0; i < SeenInPiece && count < ListedInPiece && end is not null; i++)
        {
            count += IsBelow(end, own) ? 1 : 0;
            end = end.Younger;
        }
        error = UserBuffer.RequireRecords<JobRecord>(call, buffer, count, out int fitting);
        if (error != ErrorCode.None)
            return call.Fail(error);
        own.Account.Settle();
        for (Job? job = first; job != end; job = job.Younger)
        {
            progress.Last = job!.Id.Value;
            if (fitting == 0 || !IsBelow(job, own))
                continue;
            UserBuffer.Put(call, ref buffer, Describe(job));
            fitting--;
        }
        progress.Done += (ulong)count;
        return end is null ? call.Finish(progress.Done) : call.StartOver();
    }

    /// <summary>Changes the limits of a job below the caller's, and its weight.</summary>
    internal static SyscallOutcome SetLimits(ref SyscallCall call)
    {
        ulong id = call.Arguments.TakeUInt64();
        ErrorCode error = TakeLimits(ref call, out ResourceAmounts limits);
        if (error != ErrorCode.None)
            return call.Fail(error);
        ushort weight = call.Arguments.TakeUInt16();
        if (weight > Job.HighestWeight)
            return call.Fail(ErrorCode.InvalidArgument);
        if (!MayWeigh(call.Caller.Job, weight))
            return call.Fail(ErrorCode.NotPermitted);
        if (!TryFindBelow(call.Caller, id, out Job? job))
            return call.Fail(ErrorCode.NotFound);
        if (!AreWithin(limits, job!.Parent!))
            return call.Fail(ErrorCode.BeyondParent);
        job.Account.SetLimits(limits);
        if (weight != 0)
            job.Weight = weight;
        return call.Finish();
    }

    /// <summary>
    /// Ends a job: all processes in it and below, which may get time to end by themselves.
    /// </summary>
    // A part at a time, after each of which the call starts over; so others get their turn.
    internal static SyscallOutcome End(ref SyscallCall call)
    {
        ulong id = call.Arguments.TakeUInt64();
        uint milliseconds = call.Arguments.TakeUInt32();
        if (!TryFindBelow(call.Caller, id, out Job? job))
            return call.IsRestart ? call.Finish() : call.Fail(ErrorCode.NotFound);
        // Its end may not have begun although the call has been made before: what the program has
        // changed of its block meanwhile can name another job, or be another call.
        bool isFirst = !call.IsRestart || job!.End is null;
        ulong deadline = call.Deadline(milliseconds);
        if (isFirst)
            JobEnds.Begin(job!, deadline);
        return JobEnds.Continue(job!) switch
        {
            JobProgress.Ended => call.Finish(),
            JobProgress.Waiting => call.ParkForWord(KernelWords.OfEnd(job!), deadline),
            _ => call.StartOver(),
        };
    }

    /// <summary>Waits until no process is left in a job and below.</summary>
    internal static SyscallOutcome Wait(ref SyscallCall call)
    {
        ulong id = call.Arguments.TakeUInt64();
        uint milliseconds = call.Arguments.TakeUInt32();
        if (!TryFindBelow(call.Caller, id, out Job? job))
            return call.IsRestart ? call.Finish() : call.Fail(ErrorCode.NotFound);
        if (job!.Living == 0)
            return call.Finish();
        ulong deadline = milliseconds == Forever ? Thread.Never : call.Deadline(milliseconds);
        return Timer.Now >= deadline
            ? call.Fail(ErrorCode.TimedOut)
            : call.ParkForWord(KernelWords.OfEmpty(job), deadline);
    }

    /// <summary>Gives the console to a job, by who has it or is above who has it.</summary>
    internal static SyscallOutcome SetForeground(ref SyscallCall call)
    {
        ulong id = call.Arguments.TakeUInt64();
        if (!ForegroundJob.Current.IsWithin(call.Caller.Job))
            return call.Fail(ErrorCode.NotPermitted);
        if (!TryFindOwnOrBelow(call.Caller, id, out Job? job) || job!.IsClosed)
            return call.Fail(ErrorCode.NotFound);
        if (!job.Has(Authority.Console))
            return call.Fail(ErrorCode.NotPermitted);
        ForegroundJob.Give(job, call.Caller.Job);
        return call.Finish();
    }

    /// <summary>Finds the job that a child of the caller's is to be in.</summary>
    internal static bool TryFindOwnOrBelow(Process caller, ulong id, out Job? job)
    {
        job = caller.Job;
        return id == OwnJob || id == job.Id.Value || TryFindBelow(caller, id, out job);
    }

    // A weight above the usual one is a priority above the usual one.
    private static bool MayWeigh(Job job, ushort weight) =>
        weight <= Job.UsualWeight || job.Has(Authority.Priority);

    private static bool TryFindBelow(Process caller, ulong id, out Job? job)
    {
        job = JobTable.TryFind(new JobId(id));
        return job is not null && IsBelow(job, caller.Job);
    }

    private static bool IsBelow(Job job, Job own) => job != own && job.IsWithin(own);

    // No limits at all stand for none.
    private static ErrorCode TakeLimits(ref SyscallCall call, out ResourceAmounts limits)
    {
        limits = ResourceAmounts.Unlimited;
        ErrorCode error = UserBuffer.Take(ref call, Access.Read, out UserSpan buffer);
        if (error != ErrorCode.None || buffer.Bytes == 0)
            return error;
        if (buffer.Bytes != (ulong)Unsafe.SizeOf<ResourceRecord>())
            return ErrorCode.InvalidArgument;
        ResourceRecord record = default;
        UserMemory.Read(
            call.Space, buffer, MemoryMarshal.AsBytes(new Span<ResourceRecord>(ref record)));
        limits = ResourceAmounts.From(record);
        return ErrorCode.None;
    }

    private static bool AreWithin(in ResourceAmounts limits, Job parent)
    {
        ResourceAmounts most = parent.Account.Limits;
        for (Resource i = 0; i < (Resource)ResourceAmounts.Count; i++)
        {
            if (limits[i] > most[i] && limits[i] != ResourceRecord.Unlimited)
                return false;
        }
        return true;
    }

    // What no process keeps for later is what is used: its account is settled.
    private static JobRecord Describe(Job job) => new()
    {
        Id = job.Id.Value,
        Parent = job.Parent?.Id.Value ?? 0,
        ProcessorNanoseconds = job.Share.UsedAt(Timer.Now),
        Limits = job.Account.Limits.ToRecord(),
        Usage = job.Account.Charged.ToRecord(),
        Authority = job.Authority,
        Weight = job.Weight,
        State = job.End is null ? JobState.Open : JobState.Ending,
        Foreground = job == ForegroundJob.Current ? Foreground.Yes : Foreground.No,
    };
}
