using System;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
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
    private const ulong FirstService = 1;
    private const ulong FirstProgram = 100;

    private static SortedList<ulong, Process>? _processes;
    private static KernelMemory? _memory;
    private static ulong _nextId;
    private static uint _nextOwner;

    /// <summary>How many there are, ended ones among them.</summary>
    internal static int Count => _processes!.Count;

    /// <summary>The machine's memory.</summary>
    internal static KernelMemory Memory => _memory!;

    /// <summary>An empty table.</summary>
    internal static void Start(KernelMemory memory)
    {
        _processes = [];
        _memory = memory;
        _nextId = FirstService;
    }

    /// <summary>A process by its place in the order of numbers.</summary>
    internal static Process At(int index) => _processes!.Values[index];

    /// <summary>Finds a process.</summary>
    internal static bool TryFind(ProcessId id, out Process? process) =>
        _processes!.TryGetValue(id.Value, out process);

    /// <summary>Starts a program.</summary>
    /// <param name="parent">Who wants it; null for the first process.</param>
    /// <param name="name">The program's name in the archive.</param>
    /// <param name="arguments">Its arguments, each ended by a zero byte.</param>
    /// <param name="priority">1 to 20.</param>
    /// <param name="job">The job that it will be in: its parent's, or one below that.</param>
    /// <param name="devices">The devices that it may drive: none that its parent may not.</param>
    /// <param name="child">The new process.</param>
    /// <returns>None, NotFound, BadProgram or NoMemory. A failure leaves nothing behind.</returns>
    internal static ErrorCode Spawn(
        Process? parent, string name, ReadOnlySpan<byte> arguments, byte priority,
        Job job, IReadOnlyList<Device> devices, out Process? child)
    {
        child = null;
        if (!ProgramLibrary.TryFind(name, out Program? program))
            return ErrorCode.NotFound;
        // What is kept for the kernel's heap is not for more processes.
        if (HeapWindow.IsLow || job.IsClosed)
            return ErrorCode.NoMemory;
        KernelMemory memory = Memory;
        if (AddressSpace<MachineMemory>.TryCreate(
            memory.Table, memory.Frames, memory.Random, FrameOwner.Space(_nextOwner),
            out AddressSpace<MachineMemory>? space) != VmStatus.Done)
            return ErrorCode.NoMemory;
        _nextOwner++;
        ErrorCode error = ProgramLoader.Load(
            memory, program!, space!, arguments, out ProgramStart start);
        Traps.ThreadContext* context = null;
        if (error == ErrorCode.None)
        {
            context = ContextPool.Create();
            error = context == null ? ErrorCode.NoMemory : ErrorCode.None;
        }
        if (error != ErrorCode.None)
        {
            space!.Release();
            return error;
        }
        context->Rip = start.Instruction.Value;
        context->Rsp = start.StackTop.Value;
        context->Rdi = start.Arguments.Value;
        context->Rsi = (ulong)arguments.Length;
        child = new Process(
            TakeId(), parent, name, priority, start.Image, space!, new ProcessSignals())
        {
            Job = job,
            Devices = devices,
        };
        _processes!.Add(child.Id.Value, child);
        child.Job.Add(child);
        Scheduler.Begin(child);
        Thread thread = child.AddThread(context);
        Scheduler.Begin(thread, null);
        Scheduler.MakeReady(thread);
        Log.Debug($"{name} ({child.Id.Value}) started");
        return ErrorCode.None;
    }

    /// <summary>
    /// Ends a process: its memory goes back at once, its record stays until the parent asks.
    /// </summary>
    internal static void End(Process process, ProcessEnd end)
    {
        Ensure.That(process.End is null, "a process ends once");
        foreach (Thread thread in process.Threads)
        {
            Scheduler.Remove(thread);
            ContextPool.Return(thread.Context);
        }
        process.RemoveThreads();
        Scheduler.End(process);
        process.Signals.Release();
        process.LiveSpace.Release();
        process.Space = null;
        process.End = end;
        process.Listener.Leave();
        process.Job.Remove(process);
        JobEnds.OnEnd(process.Job);
        JobEnds.Forget(process);
        BackerRequests.Forget(process);
        SegmentTable.Forget(process);
        ForgetChildren(process);
        if (process.Parent is null)
            Forget(process);
        else
            Wake(process.Parent, WaitReason.Child);
    }

    /// <summary>Ends a thread, and with the last one its process.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="data">What the parent is told if it is the last one.</param>
    internal static void EndThread(Thread thread, uint data)
    {
        Process process = thread.Process;
        if (process.Threads.Count == 1)
        {
            End(process, new ProcessEnd(EndReason.Exited, data, FaultKind.None));
            return;
        }
        Scheduler.Remove(thread);
        ContextPool.Return(thread.Context);
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
        _processes!.Remove(process.Id.Value);
    }

    /// <summary>Wakes all who wait for room to write.</summary>
    internal static void WakeWriters()
    {
        for (int i = 0; i < Count; i++)
            Wake(At(i), WaitReason.Line);
    }

    private static void Wake(Process process, WaitReason reason)
    {
        foreach (Thread thread in process.Threads)
        {
            if (thread.State == ThreadState.Waiting && thread.Waiting == reason)
                Scheduler.MakeReady(thread);
        }
    }

    // Those that have ended have no one left to tell; the others are told that they are alone.
    private static void ForgetChildren(Process parent)
    {
        for (int i = Count - 1; i >= 0; i--)
        {
            Process process = At(i);
            if (process.Parent != parent)
                continue;
            process.Parent = null;
            if (process.End is not null)
                Forget(process);
            else
                SignalDelivery.TrySend(process, new Signal(SignalCode.Terminate));
        }
    }

    private static ProcessId TakeId()
    {
        ProcessId id = new(_nextId);
        _nextId = Math.Max(_nextId + 1, FirstProgram);
        return id;
    }
}
