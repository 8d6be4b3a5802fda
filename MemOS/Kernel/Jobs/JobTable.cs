using System.Diagnostics.CodeAnalysis;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>The tree of jobs, and all of them by their numbers.</summary>
internal static class JobTable
{
    // Jobs above a job: what is charged is charged to each of them.
    private const int MostDepth = 15;
    private const ulong FirstId = 1;

    private static IdTree<Job> _jobs;
    private static AgeList<Job> _byAge;
    private static ulong _nextId;

    /// <summary>The job of the first process, above all others.</summary>
    internal static Job Root { get; private set; } = null!;

    /// <summary>
    /// Makes the first job, which may do everything and has no limits but the machine's memory.
    /// </summary>
    internal static void Start(KernelMemory memory)
    {
        ResourceAmounts limits = ResourceAmounts.Unlimited;
        ulong bytes = memory.Frames.TotalFrames * PageSizes.SmallBytes;
        limits[Resource.CommittedBytes] = bytes;
        limits[Resource.KernelBytes] = bytes;
        _nextId = FirstId;
        Root = new Job(TakeId(), null, null, limits, Authority.All);
        Add(Root);
        ForegroundJob.Start();
    }

    /// <summary>A job by its number; null if there is none.</summary>
    internal static Job? TryFind(JobId id) => _jobs.Find(id.Value);

    /// <summary>The oldest of the jobs with higher numbers; null if there is none.</summary>
    internal static Job? After(JobId id) => _byAge.After(id.Value, TryFind(id));

    /// <summary>Makes a job.</summary>
    /// <param name="maker">Who wants it.</param>
    /// <param name="parent">The job above it: the maker's, or one below that.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="authority">None that the job above lacks.</param>
    /// <param name="job">The new job.</param>
    /// <returns>False if a limit is reached, or the job is to end; nothing has changed.</returns>
    internal static bool TryCreate(
        Process maker, Job parent, in ResourceAmounts limits, Authority authority,
        [NotNullWhen(true)] out Job? job)
    {
        job = null;
        if (parent.Depth == MostDepth || parent.IsClosed || !TryCharge(parent.Account))
            return false;
        job = new Job(TakeId(), parent, maker, limits, authority);
        parent.Add(job);
        Add(job);
        Scheduler.Begin(job);
        return true;
    }

    /// <summary>Takes a job out in which nothing is left.</summary>
    internal static void Remove(Job job)
    {
        Ensure.That(
            job.FirstProcess is null && job.FirstChild is null && job.Parent is not null,
            "a job goes when nothing is left in it");
        ForegroundJob.OnEmpty(job);
        job.LeaveMaker();
        Scheduler.End(job);
        job.Parent.Remove(job);
        _jobs.Remove(job);
        _byAge.Remove(job);
        Return(job.Parent.Account);
    }

    private static bool TryCharge(Account account)
    {
        if (!account.TryCharge(Resource.Processes, 1))
            return false;
        if (account.TryCharge(Resource.KernelBytes, Charges.JobBytes))
            return true;
        account.Return(Resource.Processes, 1);
        return false;
    }

    private static void Return(Account account)
    {
        account.Return(Resource.Processes, 1);
        account.Return(Resource.KernelBytes, Charges.JobBytes);
    }

    private static JobId TakeId() => new(_nextId++);

    private static void Add(Job job)
    {
        _jobs.Add(job);
        _byAge.Add(job);
    }
}
