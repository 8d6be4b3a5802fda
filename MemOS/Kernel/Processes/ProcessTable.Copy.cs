using MemOS.Abi;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Frames;
using MemOS.Traps;

namespace MemOS.Processes;

/// <content>Processes that are copies of others.</content>
internal static unsafe partial class ProcessTable
{
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
        // What is kept for the kernel's heap is not for more processes.
        if (HeapWindow.IsLow)
            return ErrorCode.NoMemory;
        ThreadContext* context = ContextPool.Create(
            default, VirtualAddress.Create(caller.Context->Rsp));
        if (context == null)
            return ErrorCode.NoMemory;
        if (parent.LiveSpace.TryFork(
            FrameOwner.Space(_nextOwner), out AddressSpace<MachineMemory>? space)
            != VmStatus.Done)
        {
            ContextPool.Return(context);
            return ErrorCode.NoMemory;
        }
        _nextOwner++;
        child = new Process(
            new ProcessId(_nextId), parent, parent.Name, parent.Priority, parent.Image, space!)
        {
            Devices = parent.Devices,
        };
        if (!child.Signals.TryCopy(parent.Signals))
        {
            space!.Release();
            ContextPool.Return(context);
            child = null;
            return ErrorCode.NoMemory;
        }
        _processes!.Add(TakeId().Value, child);
        Thread thread = child.AddThread(context);
        thread.ThreadPointer = caller.ThreadPointer;
        caller.Newborn = thread;
        Cpu.RequestErrand();
        Log.Debug($"{child.Name} ({child.Id.Value}) copied from {parent.Id.Value}");
        return ErrorCode.None;
    }
}
