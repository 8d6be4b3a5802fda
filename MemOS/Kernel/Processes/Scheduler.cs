using Cosmos.Core.Hardware;
using MemOS.Audit;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Signals;
using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>
/// Who has the processor, whom the time wakes, and what a thread needs to run. How the processor
/// is shared is <see cref="ShareTree"/>'s.
/// </summary>
internal static unsafe class Scheduler
{
    private const uint FsBase = 0xC0000100;

    // Threads that a tick wakes in the interrupt itself; the others have an entry of their own.
    private const ulong WokenInTick = 8;

    // Threads that are told something on their way to ring 3 in one entry, if each has to wait.
    private const int PreparedInPiece = 8;

    private static ShareTree? _shares;
    private static KeyQueue? _alarms;
    private static Thread? _loaded;
    private static Frame _kernelRoot;

    // When the last thread stopped: the next one pays from then on, unless none was ready.
    private static ulong _stopped;
    private static bool _wasIdle = true;

    /// <summary>The thread that has the processor; null while nothing is ready.</summary>
    internal static Thread? Current { get; private set; }

    /// <summary>Nothing is ready.</summary>
    /// <param name="kernelRoot">The space to be in while no program's is needed.</param>
    /// <param name="random">Any number, which no program knows.</param>
    internal static void Start(Frame kernelRoot, ulong random)
    {
        _shares = new ShareTree(JobTable.Root.Share);
        _alarms = new KeyQueue();
        WordWaits.Start(random);
        _kernelRoot = kernelRoot;
    }

    /// <summary>Lets a job take part; it is not the first.</summary>
    internal static void Begin(Job job) =>
        job.Parent!.Share.Begin(job.Share, job.Maker?.Share, Timer.Now);

    /// <summary>Forgets a job in which nothing is left.</summary>
    internal static void End(Job job) => _shares!.End(job.Share);

    /// <summary>Lets a process take part; none of its threads is ready.</summary>
    internal static void Begin(Process process) =>
        process.Job.Share.Begin(process.Share, process.Parent?.Share, Timer.Now);

    /// <summary>Lets a thread of a process take part, which is not ready.</summary>
    /// <param name="thread">The new thread.</param>
    /// <param name="maker">The thread that made it; null if it is the first.</param>
    internal static void Begin(Thread thread, Thread? maker) =>
        thread.Process.Share.Begin(thread.Share, maker?.Share, Timer.Now);

    /// <summary>Forgets a process whose threads have all been removed.</summary>
    internal static void End(Process process) => _shares!.End(process.Share);

    /// <summary>Lets a thread run from now on.</summary>
    internal static void MakeReady(Thread thread)
    {
        Ensure.That(thread.State != ThreadState.Ended, "what has ended does not run");
        _alarms!.Remove(thread.Alarm);
        WordWaits.Remove(thread.Word);
        BackerQueue.Withdraw(thread.Backing);
        ForegroundJob.Withdraw(thread.Console);
        thread.State = ThreadState.Ready;
        _shares!.MakeReady(thread.Share);
    }

    /// <summary>
    /// Parks the running thread in its system call, which starts over when it wakes.
    /// </summary>
    /// <param name="reason">What wakes it, besides the time.</param>
    /// <param name="deadline">When the time wakes it.</param>
    internal static void Park(WaitReason reason, ulong deadline)
    {
        Thread thread = Current!;
        thread.State = ThreadState.Waiting;
        thread.Waiting = reason;
        if (deadline != Thread.Never)
            _alarms!.Add(thread.Alarm, deadline);
        Stop();
    }

    /// <summary>Takes the processor from the running thread and its process.</summary>
    internal static void Yield()
    {
        Current = null;
        _stopped = Timer.Now;
        _shares!.Yield(_stopped);
    }

    /// <summary>Forgets a thread for good.</summary>
    internal static void Remove(Thread thread)
    {
        if (thread == Current)
            Stop();
        thread.State = ThreadState.Ended;
        _shares!.End(thread.Share);
        _alarms!.Remove(thread.Alarm);
        WordWaits.Remove(thread.Word);
        BackerQueue.Remove(thread.Backing);
        ForegroundJob.Withdraw(thread.Console);
        if (thread == _loaded)
        {
            _loaded = null;
            EnterSpace(_kernelRoot);
        }
    }

    /// <summary>Wakes whom the time wakes, and ends slices that are used up.</summary>
    internal static void OnTick()
    {
        ulong now = Timer.Now;
        WorkBudget budget = WorkBudget.Of((long)(WokenInTick * Wakeups.Cost));
        if (!TryWake(ref budget))
            Wakeups.Request();
        if (Current is null || !_shares!.Tick(now))
            return;
        Current = null;
        _stopped = now;
    }

    /// <summary>Wakes more of those whom the time wakes.</summary>
    /// <returns>False: there are more.</returns>
    internal static bool TryWake(ref WorkBudget budget)
    {
        ulong now = Timer.Now;
        while (_alarms!.First is ThreadNode alarm && alarm.Key <= now)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(Wakeups.Cost);
            EndWait(alarm.Thread);
        }
        return true;
    }

    /// <summary>Nobody runs in a process's space any more, as that goes.</summary>
    internal static void Leave(Process process)
    {
        if (_loaded?.Process != process)
            return;
        _loaded = null;
        EnterSpace(_kernelRoot);
    }

    /// <summary>Chooses who runs next, and puts it on the processor.</summary>
    /// <returns>
    /// The context to resume; null when nothing is ready, or when interrupts come first.
    /// </returns>
    internal static ThreadContext* Next()
    {
        if (Current is not null && !Cpu.HasErrand)
            return Current.Context;
        Cpu.EndErrand();
        if (MachineAudit.IsUnderWay)
        {
            Cpu.Pause();
            return null;
        }
        for (int i = 0; !Wakeups.IsUnderWay && i < PreparedInPiece; i++)
        {
            if (Current is null && !TryChoose())
                return null;
            if (!Current!.Process.IsHeld)
                Prepare(Current);
            // Who is chosen may be ended by what it is told.
            if (Current is null)
                continue;
            if (Current is not { Process.IsHeld: false, Backing.IsPausing: false })
                break;
            if (!Wakeups.IsUnderWay)
                return Current.Context;
        }
        Cpu.Pause();
        return null;
    }

    /// <summary>
    /// Goes on after a pause, in which interrupts were let in: with a piece of an audit, with
    /// threads that are to be woken, with a piece of the end or of the copy of the process that was
    /// chosen, with an instruction that is performed for the thread that was, or with a piece of
    /// the screen if there is nobody to choose.
    /// </summary>
    /// <returns>As <see cref="Next"/>.</returns>
    internal static ThreadContext* Continue()
    {
        if (Cpu.HasEmptyStackWork)
            return null;
        Cpu.EndPause();
        if (MachineAudit.IsUnderWay)
            MachineAudit.GoOn();
        else if (Wakeups.IsUnderWay)
            Wakeups.GoOn();
        else if (Current is { Process: { Ending: not null } process })
            ProcessEnding.TryFinish(process);
        else if (Current is { Process.Birth: { } birth })
            birth.GoOn();
        else if (Current is not null)
            Current.Backing.IsPausing = false;
        else if (_shares!.Root.IsIdle)
            SystemConsole.RefreshPart(ScreenPart.Usual);
        Cpu.RequestErrand();
        return Next();
    }

    // Most waits that time ends start over, and see that it has passed.
    private static void EndWait(Thread thread)
    {
        if (thread.Waiting == WaitReason.Backer)
            BackerRequests.GiveUp(thread);
        else
            MakeReady(thread);
    }

    private static bool TryChoose()
    {
        ulong since = _wasIdle ? Timer.Now : _stopped;
        Share? next = _shares!.TryChoose(since);
        _wasIdle = next is null;
        if (next is not ThreadShare share)
        {
            // Nobody wants the time.
            if (SystemConsole.IsDrawing)
                Cpu.Pause();
            return false;
        }
        Current = share.Thread;
        if (share.Thread.Process.Ending is null)
            Load(share.Thread);
        return true;
    }

    private static void Prepare(Thread thread)
    {
        if (thread.Newborn is not null)
            Bear(thread);
        SignalDelivery.Prepare(thread);
    }

    /// <summary>
    /// Has the thread that another made begin with a copy of its registers, all of which are in its
    /// context now.
    /// </summary>
    internal static void Bear(Thread maker)
    {
        const ulong InNewThread = 1;
        Thread thread = maker.Newborn!;
        maker.Newborn = null;
        ulong stack = thread.Context->Rsp;
        *thread.Context = *maker.Context;
        thread.Context->Rsp = stack;
        thread.Context->Rdi = InNewThread;
        MakeReady(thread);
    }

    /// <summary>Changes the base of FS of the running thread.</summary>
    internal static void SetThreadPointer(VirtualAddress pointer)
    {
        Current!.ThreadPointer = pointer.Value;
        Instruction.WriteMsr(FsBase, pointer.Value);
    }

    private static void Load(Thread thread)
    {
        if (thread == _loaded)
            return;
        _loaded = thread;
        Cpu.SetContext(thread.Context);
        // What the thread before has left there is not for this one to read.
        MachineCode.ClearSelectors();
        Instruction.WriteMsr(FsBase, thread.ThreadPointer);
        ProtectionKeys.Load();
        EnterSpace(thread.Process.LiveSpace.Table.Root);
    }

    private static void EnterSpace(Frame root)
    {
        if (root == PhysicalMap.ActiveRoot)
            return;
        PhysicalMap.ActiveRoot = root;
        KeptTranslations.Forget();
        Instruction.WriteCr3(root.Start.Value);
    }

    // The running thread waits or has ended.
    private static void Stop()
    {
        Current = null;
        _stopped = Timer.Now;
        _shares!.Stop(_stopped);
    }
}
