using MemOS.Abi;
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

    /// <summary>
    /// Frames of the kernel's heap that a piece of the copying of a process takes at most.
    /// </summary>
    internal static ulong HeapForCopy(Process parent)
    {
        ulong parts = (ulong)parent.LiveSpace.RegionCount + (ulong)parent.ClaimCount;
        // A mapping, which is dearer, may make a claim as well.
        ulong most = (ulong)AddressSpace<MachineMemory>.MostCopiedInPiece;
        return HeapNeed.ToKeep(Sizes, ulong.Min(parts, most) * BytesPerPart);
    }

    /// <summary>
    /// Makes a child that is to be a copy of a process, with all but what is in its memory. It is
    /// on the list of all, as it is charged and has memory; but nobody finds it, and to others it
    /// is as one that ends: nothing is told or given to it.
    /// </summary>
    /// <param name="caller">The thread that it is to get a copy of.</param>
    /// <param name="child">The new process: to be born, or to be unmade.</param>
    /// <returns>None, NoMemory or IsOverLimit. A failure leaves nothing behind.</returns>
    internal static ErrorCode TryConceive(Thread caller, out Process? child)
    {
        child = null;
        Process parent = caller.Process;
        Purse purse = new(parent.Job.Account);
        if (!TryCharge(purse))
        {
            purse.Close();
            return IsOverLimit;
        }
        ErrorCode error = TryCopy(
            parent, purse, out AddressSpace<MachineMemory>? space, out ProcessSignals? signals,
            out ThreadContext* context);
        if (error != ErrorCode.None)
        {
            ReturnCharge(purse);
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
            IsUnborn = true,
            Ending = new ProcessEnd(EndReason.Killed, 0, FaultKind.None),
        };
        _byAge.Add(child);
        child.AddThread(context).ThreadPointer = caller.ThreadPointer;
        return ErrorCode.None;
    }

    /// <summary>
    /// A child whose memory is whole is a process from now on. Its one thread begins where the
    /// caller's call ends, with the registers that the caller has then.
    /// </summary>
    internal static void Bear(Thread caller, Process child)
    {
        child.IsUnborn = false;
        child.Ending = null;
        _processes.Add(child);
        child.Job.Add(child);
        if (child.Signals.Table.TryGetHandler(SignalCode.Terminate, out _))
            child.Listener.Join();
        Scheduler.Begin(child);
        Scheduler.Begin(child.FirstThread!, null);
        caller.Newborn = child.FirstThread;
        Cpu.RequestErrand();
    }

    /// <summary>Takes back all that a child is which was not born.</summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal static bool TryUnmake(Process child, ref WorkBudget budget)
    {
        AddressSpace<MachineMemory> space = child.LiveSpace;
        if (!SegmentTable.TryForget(child, ref budget))
            return false;
        if (space.IsUnfinished)
            space.GiveUpCopying();
        if (!space.TryRelease(ref budget))
            return false;
        child.Space = null;
        Thread thread = child.FirstThread!;
        ContextPool.Return(thread.Context);
        child.RemoveThread(thread);
        child.Signals.Release();
        Unlist(child);
        ReturnCharge(child.Purse);
        child.Purse.Close();
        return true;
    }

    // What the copy is made of, but for its regions; what it is charged for beside them is returned
    // if there is too little memory.
    private static ErrorCode TryCopy(
        Process parent, Purse purse, out AddressSpace<MachineMemory>? space,
        out ProcessSignals? signals, out ThreadContext* context)
    {
        space = null;
        signals = null;
        context = ContextPool.Create();
        if (context == null)
            return ErrorCode.NoMemory;
        signals = parent.Signals.TryCopy(purse);
        VmStatus status = signals is null
            ? VmStatus.OutOfMemory
            : parent.LiveSpace.TryBeginCopy(FrameOwner.Space(_nextOwner), purse, out space);
        if (status == VmStatus.Done)
            return ErrorCode.None;
        signals?.Release();
        ContextPool.Return(context);
        return ErrorCode.NoMemory;
    }
}
