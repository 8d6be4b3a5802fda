using MemOS.Abi;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Accounts;
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
    private const uint Sizes = 27;

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
    /// <returns>None, NoMemory or IsOverLimit. A failure leaves nothing behind.</returns>
    internal static ErrorCode Copy(Thread caller, out Process? child)
    {
        child = null;
        Process parent = caller.Process;
        if (parent.Job.IsClosed)
            return IsOverLimit;
        Purse purse = new(parent.Job.Account);
        AddressSpace<MachineMemory>? space = null;
        ProcessSignals? signals = null;
        ThreadContext* context = null;
        ErrorCode error = TryChargeCopy(parent, purse)
            ? Copy(caller, purse, out space, out signals, out context)
            : IsOverLimit;
        if (error != ErrorCode.None)
        {
            purse.Close();
            return error;
        }
        // Whatever the program has there, an address or not.
        context->Rsp = caller.Context->Rsp;
        _nextOwner++;
        child = new Process(
            TakeId(), parent, parent.Name, parent.Priority, parent.Image, space!, signals!)
        {
            Job = parent.Job,
            Purse = purse,
            Devices = parent.Devices,
        };
        Add(child);
        child.Job.Add(child);
        if (child.Signals.Table.TryGetHandler(SignalCode.Terminate, out _))
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

    // A process with one thread, and as many claims as it can inherit.
    private static bool TryChargeCopy(Process parent, Purse purse)
    {
        if (!TryCharge(purse))
            return false;
        if (Charges.TryTakeClaims(purse, parent.ClaimCount))
            return true;
        ReturnCharge(purse);
        return false;
    }

    // What the copy is made of, which has been charged; takes the charge back if there is too
    // little memory.
    private static ErrorCode Copy(
        Thread caller, Purse purse, out AddressSpace<MachineMemory>? space,
        out ProcessSignals? signals, out ThreadContext* context)
    {
        Process parent = caller.Process;
        space = null;
        signals = null;
        context = ContextPool.Create();
        if (context != null)
        {
            signals = parent.Signals.TryCopy(purse);
            VmStatus status = signals is null
                ? VmStatus.OutOfMemory
                : parent.LiveSpace.TryFork(FrameOwner.Space(_nextOwner), purse, out space);
            if (status == VmStatus.Done)
                return ErrorCode.None;
            signals?.Release();
            ContextPool.Return(context);
        }
        Charges.ReturnClaims(purse, parent.ClaimCount);
        ReturnCharge(purse);
        return ErrorCode.NoMemory;
    }
}
