using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Accounts;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Frames;
using MemOS.Memory.Signals;
using MemOS.Programs;
using MemOS.Segments;
using MemOS.Signals;

namespace MemOS.Processes;

/// <summary>
/// All processes, from their start until their parent has been told of their end.
/// </summary>
internal static unsafe partial class ProcessTable
{
    /// <summary>
    /// NoMemory, as a limit of the job is reached: nothing is to be collected for that. No program
    /// sees it.
    /// </summary>
    internal const ErrorCode IsOverLimit = (ErrorCode)(byte.MaxValue - 1);

    private const ulong FirstService = 1;
    private const ulong FirstProgram = 100;

    // About what it takes to tell a child that it is alone, in instructions.
    private const ulong ChildCost = 2_000;

    private static IdTree<Process> _processes;
    private static AgeList<Process> _byAge;
    private static KernelMemory? _memory;
    private static ulong _nextId;
    private static ulong _nextOwner;

    /// <summary>How many there are, ended ones among them.</summary>
    internal static int Count => _processes.Count;

    /// <summary>The machine's memory.</summary>
    internal static KernelMemory Memory => _memory!;

    /// <summary>An empty table.</summary>
    internal static void Start(KernelMemory memory)
    {
        _memory = memory;
        _nextId = FirstService;
    }

    /// <summary>The oldest process; the others follow it by age, and so by number.</summary>
    internal static Process? First => _byAge.Oldest;

    /// <summary>Finds a process.</summary>
    internal static bool TryFind(ProcessId id, out Process? process)
    {
        process = _processes.Find(id.Value);
        return process is not null;
    }

    /// <summary>The oldest of those with higher numbers; null if there is none.</summary>
    internal static Process? After(ProcessId id)
    {
        // It may have gone meanwhile, or not be born.
        TryFind(id, out Process? known);
        return _byAge.After(id.Value, known);
    }

    /// <summary>Starts a program.</summary>
    /// <param name="parent">Who wants it; null for the first process.</param>
    /// <param name="program">The program, whose image was made.</param>
    /// <param name="arguments">Its arguments, each ended by a zero byte.</param>
    /// <param name="priority">1 to 20.</param>
    /// <param name="job">The job that it will be in: its parent's, or one below that.</param>
    /// <param name="devices">The devices that it may drive: none that its parent may not.</param>
    /// <param name="child">The new process.</param>
    /// <returns>
    /// None, NoMemory or IsOverLimit. A failure leaves nothing behind.
    /// </returns>
    internal static ErrorCode Spawn(
        Process? parent, Program program, in ProgramArguments arguments, byte priority, Job job,
        IReadOnlyList<Device> devices, out Process? child)
    {
        child = null;
        if (job.IsClosed)
            return IsOverLimit;
        Purse purse = new(job.Account);
        AddressSpace<MachineMemory>? space = null;
        Traps.ThreadContext* context = null;
        ProgramStart start = default;
        ErrorCode error = TryCharge(purse)
            ? Load(program.Image!, arguments, purse, out space, out context, out start)
            : IsOverLimit;
        if (error != ErrorCode.None)
        {
            purse.Close();
            return error;
        }
        context->Rip = start.Instruction.Value;
        context->Rsp = start.StackTop.Value;
        context->Rdi = start.Arguments.Value;
        context->Rsi = arguments.Length;
        child = new Process(
            TakeId(), parent, program.Name, priority, start.Image, space!,
            new ProcessSignals(purse))
        {
            Job = job,
            Purse = purse,
            Devices = devices,
        };
        Add(child);
        child.Job.Add(child);
        Scheduler.Begin(child);
        Thread thread = child.AddThread(context);
        Scheduler.Begin(thread, null);
        Scheduler.MakeReady(thread);
        Log.Debug($"{program.Name} ({child.Id.Value}) started");
        return ErrorCode.None;
    }

    /// <summary>
    /// Ends a process: gives its memory back, at once unless that is much. Its record stays until
    /// the parent asks.
    /// </summary>
    internal static void End(Process process, ProcessEnd end)
    {
        ProcessEnding.Begin(process, end);
        if (!ProcessEnding.TryFinish(process))
            ProcessEnding.GoOnLater(process);
    }

    /// <summary>Ends a process that has nothing left but its first thread.</summary>
    internal static void FinishEnd(Process process)
    {
        ProcessEnding.End(process.FirstThread!);
        Scheduler.End(process);
        process.Signals.Release();
        process.End = process.Ending;
        process.Job.Remove(process);
        JobEnds.OnEnd(process.Job);
        process.Purse.Close();
        if (process.Parent is null)
            Forget(process);
        else
            WordWaits.WakeAll(
                KernelWords.OfChildren(process.Parent), WordWakeup.StartOver);
    }

    /// <summary>
    /// A process ends. Its children that have ended have no one left to tell; the others are told
    /// that they are alone.
    /// </summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryForgetChildren(Process parent, ref WorkBudget budget)
    {
        while (parent.FirstChild is { } child)
        {
            if (budget.IsSpent)
                return false;
            budget.Spend(ChildCost);
            child.LeaveParent();
            if (child.End is not null)
                Forget(child);
            else
                SignalDelivery.TrySend(child, new Signal(SignalCode.Terminate));
        }
        return true;
    }

    /// <summary>Ends a thread, and with the last one its process.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="data">What the parent is told if it is the last one.</param>
    internal static void EndThread(Thread thread, uint data)
    {
        Process process = thread.Process;
        if (process.ThreadCount == 1)
        {
            End(process, new ProcessEnd(EndReason.Exited, data, FaultKind.None));
            return;
        }
        Scheduler.Remove(thread);
        ContextPool.Return(thread.Context);
        Charges.ReturnThread(process.Purse);
        bool isFirst = thread == process.FirstThread;
        process.RemoveThread(thread);
        if (!isFirst)
            return;
        SignalDelivery.Abandon(process);
        BackerRequests.Abandon(process);
        SignalDelivery.Notify(process);
    }

    /// <summary>Takes an ended process out, now that its parent knows.</summary>
    internal static void Forget(Process process)
    {
        Ensure.That(process.End is not null, "a process is forgotten when it has ended");
        _processes.Remove(process);
        Charges.ReturnProcess(process.Purse);
        Unlist(process);
    }

    // A process with its first thread.
    private static bool TryCharge(Purse purse)
    {
        if (!Charges.TryTakeProcess(purse))
            return false;
        if (Charges.TryTakeThread(purse))
            return true;
        Charges.ReturnProcess(purse);
        return false;
    }

    private static void ReturnCharge(Purse purse)
    {
        Charges.ReturnThread(purse);
        Charges.ReturnProcess(purse);
    }

    // Memory and registers of a process that has been charged; takes the charge back if there are
    // none.
    private static ErrorCode Load(
        ProgramImage image, in ProgramArguments arguments, Purse purse,
        out AddressSpace<MachineMemory>? space, out Traps.ThreadContext* context,
        out ProgramStart start)
    {
        KernelMemory memory = Memory;
        context = null;
        start = default;
        if (AddressSpace<MachineMemory>.TryCreate(
            memory.Table, memory.Frames, memory.Random, FrameOwner.Space(_nextOwner), purse,
            out space) != VmStatus.Done)
        {
            ReturnCharge(purse);
            return ErrorCode.NoMemory;
        }
        _nextOwner++;
        if (ProgramLoader.TryLoad(image, space!, arguments, out start))
            context = ContextPool.Create();
        if (context != null)
            return ErrorCode.None;
        space!.Release();
        ReturnCharge(purse);
        return ErrorCode.NoMemory;
    }

    private static void Add(Process process)
    {
        _processes.Add(process);
        _byAge.Add(process);
    }

    private static void Unlist(Process process)
    {
        process.LeaveParent();
        _byAge.Remove(process);
    }

    private static ProcessId TakeId()
    {
        ProcessId id = new(_nextId);
        _nextId = Math.Max(_nextId + 1, FirstProgram);
        return id;
    }
}
