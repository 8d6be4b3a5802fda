using MemOS.Abi;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Segments;
using MemOS.Signals;
using MemOS.Traps;

namespace MemOS.Processes;

/// <content>Processes that are copies of others.</content>
internal static unsafe partial class ProcessTable
{
    // Objects of the kernel: more than a region or a claim takes, and how many sizes there are of
    // them and of all else that a process is.
    private const ulong BytesPerPart = 192;
    private const uint Sizes = 26;

    /// <summary>Frames of the kernel's heap that a copy of a process takes at most.</summary>
    internal static ulong HeapForCopy(Process parent)
    {
        ulong parts = (ulong)parent.LiveSpace.RegionCount + (ulong)parent.ClaimCount;
        return HeapNeed.ToKeep(Sizes, parts * BytesPerPart);
    }

    /// <summary>
    /// Makes a child that is a copy of a process. Its one thread begins where the caller's call
    /// ends, with the registers that the caller has then.
    /// </summary>
    /// <param name="caller">The running thread.</param>
    /// <param name="child">The new process.</param>
    /// <returns>None or NoMemory. A failure leaves nothing behind.</returns>
    internal static ErrorCode Copy(Thread caller, out Process? child)
    {
        child = null;
        Process parent = caller.Process;
        if (parent.Job.IsClosed)
            return ErrorCode.NoMemory;
        ThreadContext* context = ContextPool.Create();
        if (context == null)
            return ErrorCode.NoMemory;
        ProcessSignals? signals = parent.Signals.TryCopy();
        if (signals is null)
        {
            ContextPool.Return(context);
            return ErrorCode.NoMemory;
        }
        if (parent.LiveSpace.TryFork(
            FrameOwner.Space(_nextOwner), out AddressSpace<MachineMemory>? space)
            != VmStatus.Done)
        {
            signals.Release();
            ContextPool.Return(context);
            return ErrorCode.NoMemory;
        }
        // Whatever the program has there, an address or not.
        context->Rsp = caller.Context->Rsp;
        _nextOwner++;
        child = new Process(
            TakeId(), parent, parent.Name, parent.Priority, parent.Image, space!, signals)
        {
            Job = parent.Job,
            Devices = parent.Devices,
        };
        Add(child);
        child.Job.Add(child);
        if (signals.Table.TryGetHandler(SignalCode.Terminate, out _))
            child.Listener.Join();
        SegmentTable.Inherit(parent, child);
        Scheduler.Begin(child);
        Thread thread = child.AddThread(context);
        Scheduler.Begin(thread, null);
        thread.ThreadPointer = caller.ThreadPointer;
        caller.Newborn = thread;
        Cpu.RequestErrand();
        return ErrorCode.None;
    }
}
