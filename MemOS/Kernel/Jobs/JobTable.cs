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

    // By the lowest bits of their numbers; more jobs need no more memory than the jobs themselves.
    private const int Buckets = 256;

    private static Job?[] _buckets = [];
    private static Job? _youngest;
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
        _buckets = new Job?[Buckets];
        _nextId = FirstId;
        Root = new Job(TakeId(), null, null, limits, Authority.All);
        Add(Root);
        ForegroundJob.Start();
    }

    /// <summary>A job by its number; null if there is none.</summary>
    internal static Job? TryFind(JobId id)
    {
        Job? job = _buckets[id.Value % Buckets];
        while (job is not null && job.Id != id)
            job = job.NextInBucket;
        return job;
    }

    /// <summary>
    /// The oldest of the jobs with higher numbers, the first one's excepted; null if there is none.
    /// </summary>
    internal static Job? After(JobId id)
    {
        if (TryFind(id) is { } job)
            return job.Younger;
        // It has gone meanwhile, or stands for the start.
        Job? next = Root.Younger;
        while (next is not null && next.Id.Value < id.Value)
            next = next.Younger;
        return next;
    }

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
        TakeOut(job);
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
        ref Job? first = ref _buckets[job.Id.Value % Buckets];
        job.NextInBucket = first;
        first = job;
        job.Older = _youngest;
        if (_youngest is not null)
            _youngest.Younger = job;
        _youngest = job;
    }

    private static void TakeOut(Job job)
    {
        ref Job? place = ref _buckets[job.Id.Value % Buckets];
        Job? before = null;
        Job? at = place;
        while (at != job)
        {
            before = at;
            at = at!.NextInBucket;
        }
        if (before is null)
            place = job.NextInBucket;
        else
            before.NextInBucket = job.NextInBucket;
        // The first one, which is the oldest, never goes.
        job.Older!.Younger = job.Younger;
        if (job.Younger is null)
            _youngest = job.Older;
        else
            job.Younger.Older = job.Older;
    }
}
