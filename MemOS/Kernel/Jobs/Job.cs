using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Contracts;
using MemOS.Processes;

namespace MemOS.Jobs;

/// <summary>The number of a job: never 0, never used again.</summary>
internal readonly record struct JobId(ulong Value);

/// <summary>
/// Processes that have limits, authority and a share of the processor together, and end together
/// (architecture decision D14). Jobs are a tree; see docs/abi.md, "Jobs".
/// </summary>
internal sealed class Job : AgedNode<Job>
{
    /// <summary>The highest share of the processor.</summary>
    internal const ushort HighestWeight = 1000;

    /// <summary>The share that a job has if nobody says otherwise.</summary>
    internal const ushort UsualWeight = 100;

    // Fields, as they are changed in place.
    private NodeList<Job> _untold;
    private NodeList<Job> _told;
    private NodeList<Job> _empty;
    private NodeList<Process> _processes;
    private int _unwarned;
    private JobKind _kind = JobKind.Empty;

    // Made with the job, as its end may begin where no memory can be had.
    private readonly JobEnd _end;
    private readonly MadeJob _made;

    /// <summary>A job that is in no tree yet.</summary>
    /// <param name="id">Its number.</param>
    /// <param name="parent">The job above it; null for the first.</param>
    /// <param name="maker">Who makes it; null for the first.</param>
    /// <param name="limits">What may be used in it and below.</param>
    /// <param name="authority">None that the parent lacks.</param>
    internal Job(
        JobId id, Job? parent, Process? maker, in ResourceAmounts limits, Authority authority)
        : base(id.Value)
    {
        Id = id;
        Parent = parent;
        Maker = maker;
        Depth = parent is null ? 0 : parent.Depth + 1;
        Account = new Account(parent?.Account, limits);
        Authority = authority;
        Share = new ShareGroup(UsualWeight);
        _end = new JobEnd(this);
        _made = new MadeJob(this);
        maker?.MadeJobs.Add(_made);
    }

    internal JobId Id { get; }

    /// <summary>The job above it; null for the first.</summary>
    internal Job? Parent { get; }

    /// <summary>The process that made it; null for the first, and once that one has ended.
    /// </summary>
    internal Process? Maker { get; private set; }

    /// <summary>How many jobs are above it.</summary>
    internal int Depth { get; }

    /// <summary>Limits, and what is used in it and below.</summary>
    internal Account Account { get; }

    /// <summary>What its processes may do.</summary>
    internal Authority Authority { get; }

    /// <summary>Its end, once that has begun.</summary>
    internal JobEnd? End => _end.HasBegun ? _end : null;

    /// <summary>Whether its end, or that of a job above it, has begun: nothing starts in it.
    /// </summary>
    internal bool IsClosed
    {
        get
        {
            Job? at = this;
            while (at is not null && at.End is null)
                at = at.Parent;
            return at is not null;
        }
    }

    /// <summary>The common share of the processor of its processes and the jobs below.</summary>
    internal ShareGroup Share { get; }

    /// <summary>
    /// Its weight beside the other jobs and the processes of the job above: 1 to 1000.
    /// </summary>
    internal ushort Weight
    {
        get => (ushort)Share.Weight;
        set => Share.Weight = value;
    }

    /// <summary>Who gave it the console; null if nobody has, but for itself.</summary>
    internal Job? Giver { get; set; }

    /// <summary>Its threads that wait for something typed, the oldest first.</summary>
    // A field, as it is changed in place; so is the next one.
    internal NodeList<ConsoleWait> Readers;

    /// <summary>Its processes that handle TERMINATE.</summary>
    internal NodeList<InterruptListener> Listeners;

    /// <summary>Processes in it and below that have not ended.</summary>
    internal int Living { get; private set; }

    /// <summary>The first of the jobs below it; the others follow it, in no order.</summary>
    internal Job? FirstChild => _untold.First ?? _told.First ?? _empty.First;

    /// <summary>Its own process that was started first; the others follow it.</summary>
    internal Process? FirstProcess => _processes.First;

    /// <summary>Whether its processes may do all of this.</summary>
    internal bool Has(Authority authority) => (Authority & authority) == authority;

    /// <summary>Whether it is another job or is below it.</summary>
    internal bool IsWithin(Job other)
    {
        Job? at = this;
        while (at is not null && at != other)
            at = at.Parent;
        return at is not null;
    }

    /// <summary>
    /// The job after this one when all below a job are gone through, each before those below it;
    /// null after the last.
    /// </summary>
    internal Job? NextWithin(Job top) => FirstChild ?? NextBeside(top);

    /// <summary>Begins its end, which has not begun before.</summary>
    /// <param name="deadline">As of <see cref="JobEnd.Deadline"/>.</param>
    internal JobEnd BeginEnd(ulong deadline)
    {
        _end.HasBegun = true;
        _end.Deadline = deadline;
        return _end;
    }

    /// <summary>
    /// A process, in the job or below, that has not been told that it is to end; null if all have.
    /// </summary>
    internal Process? FirstUnwarned()
    {
        if (_unwarned == 0)
            return null;
        Job at = this;
        while (at.FirstProcess is not { IsWarned: false })
            at = at._untold.First!;
        return at.FirstProcess;
    }

    /// <summary>A process in the job or below; null if none is left.</summary>
    internal Process? FirstLiving()
    {
        if (Living == 0)
            return null;
        Job at = this;
        while (at.FirstProcess is null)
            at = (at._untold.First ?? at._told.First)!;
        return at.FirstProcess;
    }

    /// <summary>
    /// One of its processes is told that it is to end, or ended: those that were not come before
    /// it.
    /// </summary>
    internal void Warn(Process process)
    {
        _processes.Remove(process);
        _processes.Add(process);
        if (process.IsWarned)
            return;
        process.IsWarned = true;
        Count(0, -1);
    }

    /// <summary>Its maker ends, or it goes itself.</summary>
    internal void LeaveMaker()
    {
        Maker?.MadeJobs.Remove(_made);
        Maker = null;
    }

    /// <summary>Adds a job below it, in which nothing is yet.</summary>
    internal void Add(Job child) => _empty.Add(child);

    /// <summary>Takes out a job below it, in which nothing is left.</summary>
    internal void Remove(Job child) => _empty.Remove(child);

    /// <summary>Adds a process, which runs.</summary>
    internal void Add(Process process)
    {
        Ensure.That(
            _processes.Last is not { IsWarned: true }, "nothing starts in a job that is to end");
        _processes.Add(process);
        Count(1, 1);
    }

    /// <summary>Takes out a process, which has ended.</summary>
    internal void Remove(Process process)
    {
        _processes.Remove(process);
        Count(-1, process.IsWarned ? 0 : -1);
    }

    private void Count(int living, int unwarned)
    {
        for (Job? at = this; at is not null; at = at.Parent)
        {
            at.Living += living;
            at._unwarned += unwarned;
            JobKind kind = at.Living == 0
                ? JobKind.Empty
                : at._unwarned == 0 ? JobKind.Told : JobKind.Untold;
            if (kind != at._kind && at.Parent is { } parent)
            {
                parent.Children(at._kind).Remove(at);
                parent.Children(kind).Add(at);
            }
            at._kind = kind;
        }
    }

    private ref NodeList<Job> Children(JobKind kind)
    {
        switch (kind)
        {
            case JobKind.Untold:
                return ref _untold;
            case JobKind.Told:
                return ref _told;
            default:
                return ref _empty;
        }
    }

    private Job? NextBeside(Job top)
    {
        Job at = this;
        while (at != top && at.NextOfParent() is null)
            at = at.Parent!;
        return at == top ? null : at.NextOfParent();
    }

    private Job? NextOfParent() => Next ?? _kind switch
    {
        JobKind.Untold => Parent!._told.First ?? Parent._empty.First,
        JobKind.Told => Parent!._empty.First,
        _ => null,
    };

    // A job by what is in it and below, as the lists of the job above have it.
    private enum JobKind : byte
    {
        // No process.
        Empty,

        // Some, all of which have been told that they are to end.
        Told,

        // Some that have not.
        Untold,
    }
}
