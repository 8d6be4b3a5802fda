using System;
using System.Collections.Generic;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory.Accounts;
using MemOS.Memory.AddressSpaces;
using MemOS.Segments;
using MemOS.Signals;
using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>The number of a process: never 0, never used again.</summary>
internal readonly record struct ProcessId(ulong Value);

/// <summary>A program in an address space of its own.</summary>
internal sealed class Process : AgedNode<Process>
{
    /// <summary>The weakest priority.</summary>
    internal const byte LowestPriority = 1;

    /// <summary>The strongest.</summary>
    internal const byte HighestPriority = 20;

    /// <summary>What the first process has.</summary>
    internal const byte UsualPriority = 10;

    // One with the usual priority weighs as much as a job with the usual weight beside it.
    private const ulong WeightOfPriority = Job.UsualWeight / UsualPriority;

    // Fields, as they are changed in place.
    private IdTree<SegmentClaim> _claims;
    private NodeList<Thread> _threads;
    private NodeList<ChildPlace> _children;
    private ulong _lastThread;
    private ProcessEnd? _ending;
    private ProcessBirth? _birth;

    private readonly ChildPlace _place;

    internal Process(
        ProcessId id, Process? parent, string name, byte priority, ImagePlace image,
        AddressSpace<MachineMemory> space, ProcessSignals signals)
        : base(id.Value)
    {
        Id = id;
        Parent = parent;
        _place = new ChildPlace(this);
        parent?._children.Add(_place);
        Name = name;
        Priority = priority;
        Image = image;
        Space = space;
        Signals = signals;
        Share = new ShareGroup((ulong)priority * WeightOfPriority);
        Listener = new InterruptListener(this);
    }

    internal ProcessId Id { get; }

    /// <summary>Who started it; null for the first, and once that one has ended.</summary>
    internal Process? Parent { get; private set; }

    /// <summary>
    /// The oldest of its children that have not ended, or whose end it has not been told.
    /// </summary>
    internal Process? FirstChild => _children.First?.Process;

    /// <summary>The program's name.</summary>
    internal string Name { get; }

    /// <summary>1 to 20; the processor's time is shared in proportion.</summary>
    internal byte Priority { get; }

    /// <summary>Where the program's file lies in its memory.</summary>
    internal ImagePlace Image { get; }

    /// <summary>Its memory; gone once it has ended.</summary>
    internal AddressSpace<MachineMemory>? Space { get; set; }

    /// <summary>The job that it is in, from its start to its end.</summary>
    internal required Job Job { get; init; }

    /// <summary>Whether it has been told that its job is to end.</summary>
    internal bool IsWarned { get; set; }

    /// <summary>What is charged for all that it has.</summary>
    internal required Purse Purse { get; init; }

    /// <summary>The devices that it may drive; set by who starts it, never changed.</summary>
    internal required IReadOnlyList<Device> Devices { get; init; }

    /// <summary>How many segments it has to do with.</summary>
    internal int ClaimCount => _claims.Count;

    /// <summary>How many of them it has from others; SegmentEntry counts.</summary>
    internal int GivenSegments { get; set; }

    /// <summary>What it has of segments, by their numbers.</summary>
    internal ref IdTree<SegmentClaim> Claims => ref _claims;

    /// <summary>How many threads it has; none once it has ended.</summary>
    internal int ThreadCount { get; private set; }

    /// <summary>
    /// The oldest thread, which runs the handlers of signals; the others follow it by age.
    /// </summary>
    internal Thread? FirstThread => _threads.First;

    /// <summary>What it is told, and what it has not been told yet.</summary>
    internal ProcessSignals Signals { get; }

    /// <summary>How many of its threads wait for words of memory; WordWaits counts.</summary>
    internal int WordWaiters { get; set; }

    /// <summary>
    /// The thread that UnmappedWords looks at next; null while it does not look for any.
    /// </summary>
    internal Thread? WordsFrom { get; set; }

    /// <summary>Whether it is among the processes that UnmappedWords looks through.</summary>
    internal bool IsInUnmapped { get; set; }

    /// <summary>The one that comes after it there.</summary>
    internal Process? NextInUnmapped { get; set; }

    /// <summary>Its place among those of its job that handle TERMINATE.</summary>
    internal InterruptListener Listener { get; }

    /// <summary>The jobs that it made.</summary>
    // A field, as it is changed in place.
    internal NodeList<MadeJob> MadeJobs;

    /// <summary>
    /// How it comes to its end; null while it runs. It stands for nothing while it is unborn.
    /// </summary>
    internal ProcessEnd? Ending
    {
        get => _ending;
        set
        {
            _ending = value;
            IsHeld = value is not null || _birth is not null;
        }
    }

    /// <summary>Whether it is a copy that is being made: see <see cref="ProcessBirth"/>.</summary>
    internal bool IsUnborn { get; set; }

    /// <summary>The copy of it that is being made, in pieces; null if there is none.</summary>
    internal ProcessBirth? Birth
    {
        get => _birth;
        set
        {
            _birth = value;
            IsHeld = value is not null || _ending is not null;
        }
    }

    /// <summary>
    /// Whether none of its threads gets to ring 3: it comes to its end, or is being copied.
    /// </summary>
    internal bool IsHeld { get; private set; }

    /// <summary>How it ended; null until all that it had is given back.</summary>
    internal ProcessEnd? End { get; set; }

    /// <summary>Its threads' common share of the processor.</summary>
    internal ShareGroup Share { get; }

    /// <summary>Its parent ends, or has been told of its end.</summary>
    internal void LeaveParent()
    {
        Parent?._children.Remove(_place);
        Parent = null;
    }

    /// <summary>Adds a thread, which does not run yet.</summary>
    internal unsafe Thread AddThread(ThreadContext* context)
    {
        Thread thread = new(this, new ThreadId(++_lastThread), context);
        _threads.Add(thread);
        ThreadCount++;
        return thread;
    }

    /// <summary>Takes a thread out that has ended, or ends with the process.</summary>
    internal void RemoveThread(Thread thread)
    {
        if (thread == WordsFrom)
            WordsFrom = thread.Next;
        _threads.Remove(thread);
        ThreadCount--;
    }

    /// <summary>Its memory, which it has as long as it runs.</summary>
    /// <exception cref="InvalidOperationException">It has ended: a bug.</exception>
    internal AddressSpace<MachineMemory> LiveSpace =>
        Space ?? throw new InvalidOperationException("A process that has ended has no memory.");
}
