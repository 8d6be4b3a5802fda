using System.Runtime;
using System.Runtime.CompilerServices;
using Cosmos.Core;
using MemOS.Audit;
using MemOS.Bench;
using MemOS.Devices;
using MemOS.Faults;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Processes;
using MemOS.Syscalls;

namespace MemOS.Traps;

/// <summary>
/// Where every entry into the kernel goes, and what runs next comes from. Called by Traps.asm; no
/// exception leaves it, as one that nobody catches is a panic.
/// </summary>
internal static unsafe class TrapDispatcher
{
    /// <summary>Handles a system call.</summary>
    /// <param name="context">
    /// The running thread's registers, but for those that C# keeps.
    /// </param>
    /// <returns>Whether the caller goes on.</returns>
    [RuntimeExport("MemosSyscall")]
    private static AfterSyscall OnSyscall(ThreadContext* context)
    {
        Thread caller = Scheduler.Current!;
        SyscallDispatcher.Handle(caller, context);
        return Scheduler.Current == caller && !Cpu.HasWork
            ? AfterSyscall.Resume
            : AfterSyscall.Choose;
    }

    /// <summary>The same in a kernel that measures how long its entries are.</summary>
    [RuntimeExport("MemosMeasuredSyscall")]
    private static AfterSyscall OnMeasuredSyscall(ThreadContext* context)
    {
        EntryMeter.BeginSystemCall(Scheduler.Current!.Process, context->Rdi);
        return OnSyscall(context);
    }

    /// <summary>Handles an exception in ring 3 or an interrupt of it.</summary>
    /// <param name="context">The running thread's registers.</param>
    /// <returns>The context to resume, or null when nothing is ready.</returns>
    [RuntimeExport("MemosDispatch")]
    private static ThreadContext* Dispatch(ThreadContext* context)
    {
        if (EntryMeter.IsOn)
            EntryMeter.BeginTrap(context->Vector);
        switch (context->Vector)
        {
            case Vector.PageFault:
                UserFaults.OnPageFault(Scheduler.Current!);
                break;
            case >= Vector.FirstLine and <= Vector.LastLine:
                Interrupts.Handle(context->Vector);
                break;
            case Vector.DoubleFault or Vector.NonMaskable or Vector.MachineCheck:
                // Not the program's doing, and its frame lies on a stack of the kernel's.
                OnCosmosInterrupt(&context->R15);
                break;
            default:
                UserFaults.OnException(Scheduler.Current!);
                break;
        }
        return Scheduler.Next();
    }

    /// <summary>Chooses what runs next.</summary>
    /// <returns>The context to resume, or null when nothing is ready.</returns>
    [RuntimeExport("MemosNext")]
    private static ThreadContext* Next()
    {
        Cpu.RepeatEmptyStackWork();
        // Behind an interrupt of the idle machine.
        if (EntryMeter.IsOn && !Cpu.IsMeasured)
            EntryMeter.BeginPiece();
        return Scheduler.Next();
    }

    /// <summary>Goes on with what is done in pieces, after interrupts were let in.</summary>
    /// <returns>The context to resume, or null when nothing is ready, or to pause again.</returns>
    [RuntimeExport("MemosContinue")]
    private static ThreadContext* Continue()
    {
        if (EntryMeter.IsOn)
            EntryMeter.BeginPiece();
        return Scheduler.Continue();
    }

    /// <summary>Handles an interrupt of the idle machine, or an exception in the kernel.</summary>
    /// <param name="context">The registers on the kernel's stack.</param>
    [RuntimeExport("MemosKernelTrap")]
    private static void OnKernelTrap(INTs.IRQContext* context)
    {
        if (context->Vector is not (>= (ulong)Vector.FirstLine and <= (ulong)Vector.LastLine))
        {
            OnCosmosInterrupt(context);
            return;
        }
        if (EntryMeter.IsOn)
            EntryMeter.BeginTrap((Vector)context->Vector);
        Interrupts.Handle((Vector)context->Vector);
        // What it returns to has interrupts on.
        if (EntryMeter.IsOn)
            EntryMeter.End();
    }

    /// <summary>An entry that is measured ends, as interrupts are let in.</summary>
    [RuntimeExport("MemosEndEntry")]
    private static void EndEntry() => EntryMeter.End();

    /// <summary>
    /// What can only be done while no stack holds references: collecting, and drawing the screen.
    /// Where entries are measured, each ends here at the latest.
    /// </summary>
    [RuntimeExport("MemosEmptyStackWork")]
    private static ThreadContext* DoEmptyStackWork()
    {
        if (Cpu.HasEmptyStackWork)
        {
            if (EntryMeter.IsOn)
                EntryMeter.BeginOwnWork();
            DoWaitingWork();
        }
        ThreadContext* next = null;
        // After a pause, every thread is looked at in any case.
        if (Cpu.IsPausing)
            Cpu.EndErrand();
        else
            next = Scheduler.Next();
        if (Cpu.IsMeasured)
            EntryMeter.End();
        return next;
    }

    private static void DoWaitingWork()
    {
        uint slices = HeapCollection.Slices;
        if (!MachineAudit.IsUnderWay)
        {
            HeapCollection.DoSlice();
            KernelHeapBench.RunIfWanted();
        }
        Cpu.EndEmptyStackWork();
        SystemConsole.RefreshPart(
            HeapCollection.Slices == slices ? ScreenPart.Usual : ScreenPart.Small);
    }

    // A null reference or a division becomes an exception of C#'s; all else is a panic.
    [RuntimeImport("*", "CosmosInterrupt"), MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void OnCosmosInterrupt(void* context);
}
