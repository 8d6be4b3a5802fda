using Cosmos.Core.Hardware;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Signals;
using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>
/// Who has the processor: stride scheduling. Each thread's turn moves on by the time that it used
/// divided by its priority, and the one whose turn is earliest runs.
/// </summary>
internal static unsafe class Scheduler
{
    private const uint FsBase = 0xC0000100;

    // Nanoseconds that a thread may run while others are ready.
    private const ulong Slice = 10_000_000;

    private static KeyQueue? _ready;
    private static KeyQueue? _alarms;
    private static Thread? _loaded;
    private static Frame _kernelRoot;
    private static ulong _turn;

    // Up to when the processor's time has been charged to someone.
    private static ulong _charged;
    private static bool _wasIdle = true;

    /// <summary>The thread that has the processor; null while nothing is ready.</summary>
    internal static Thread? Current { get; private set; }

    /// <summary>The space to be in while no program's is needed.</summary>
    internal static void Start(Frame kernelRoot)
    {
        _ready = new KeyQueue();
        _alarms = new KeyQueue();
        WordWaits.Start();
        _kernelRoot = kernelRoot;
    }

    /// <summary>Lets a thread run from now on.</summary>
    internal static void MakeReady(Thread thread)
    {
        Ensure.That(thread.State != ThreadState.Ended, "what has ended does not run");
        _alarms!.Remove(thread.Alarm);
        WordWaits.Remove(thread.Word);
        BackerQueue.Withdraw(thread.Backing);
        thread.State = ThreadState.Ready;
        // Who slept has no claim on the time that others used meanwhile.
        ulong turn = thread.Turn.Key > _turn ? thread.Turn.Key : _turn;
        if (thread != Current && !thread.Turn.IsQueued)
            _ready!.Add(thread.Turn, turn);
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
        Yield();
    }

    /// <summary>Takes the processor from the running thread; it stays ready if it was.</summary>
    internal static void Yield()
    {
        Thread? thread = Current;
        if (thread is null)
            return;
        Charge(thread);
        Current = null;
        if (thread.State == ThreadState.Ready)
            _ready!.Add(thread.Turn, thread.Turn.Key);
    }

    /// <summary>Forgets a thread for good.</summary>
    internal static void Remove(Thread thread)
    {
        if (thread == Current)
        {
            Charge(thread);
            Current = null;
        }
        thread.State = ThreadState.Ended;
        _ready!.Remove(thread.Turn);
        _alarms!.Remove(thread.Alarm);
        WordWaits.Remove(thread.Word);
        BackerQueue.Remove(thread.Backing);
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
        while (_alarms!.First is ThreadNode alarm && alarm.Key <= now)
            EndWait(alarm.Thread);
        if (Current is not null && _ready!.First is not null && now - _charged >= Slice)
            Yield();
    }

    /// <summary>Chooses who runs next, and puts it on the processor.</summary>
    /// <returns>The context to resume; null when nothing is ready.</returns>
    internal static ThreadContext* Next()
    {
        if (Current is not null && !Cpu.HasErrand)
            return Current.Context;
        Cpu.EndErrand();
        // Who is chosen may be ended by what it is told.
        do
        {
            if (Current is null && !TryChoose())
                return null;
            Prepare(Current!);
        }
        while (Current is null);
        return Current.Context;
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
        if (_ready!.First is not ThreadNode node)
        {
            _wasIdle = true;
            return false;
        }
        _ready.Remove(node);
        _turn = node.Key;
        // Who comes after another has its time from when that one's ended.
        if (_wasIdle)
            _charged = Timer.Now;
        _wasIdle = false;
        Current = node.Thread;
        Load(node.Thread);
        return true;
    }

    private static void Prepare(Thread thread)
    {
        if (thread.Newborn is not null)
            Bear(thread);
        SignalDelivery.Prepare(thread);
    }

    // Only now are all of the maker's registers in its context.
    private static void Bear(Thread maker)
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

    private static void Charge(Thread thread)
    {
        ulong now = Timer.Now;
        ulong used = now - _charged;
        _charged = now;
        thread.Process.ProcessorTime += used;
        thread.Turn.Key += (used / thread.Process.Priority) + 1;
    }
}
