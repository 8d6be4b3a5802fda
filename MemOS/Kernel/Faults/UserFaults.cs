using Cosmos.Core.Hardware;
using MemOS.Abi;
using MemOS.Backers;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Faults;
using MemOS.Processes;
using MemOS.Signals;
using MemOS.Traps;

namespace MemOS.Faults;

/// <summary>Exceptions of the processor in a program: resolved, or the end of it.</summary>
internal static unsafe class UserFaults
{
    // The error code of a page fault (Intel SDM 3A, figure 4-12).
    private const ulong WasWrite = 1 << 1;
    private const ulong WasFetch = 1 << 4;
    private const ulong WasKeyed = 1 << 5;

    /// <summary>Makes the page present if the program may have it, or tells it so.</summary>
    internal static void OnPageFault(Thread thread)
    {
        Process process = thread.Process;
        ulong code = thread.Context->ErrorCode;
        Access access = (code & WasFetch) != 0 ? Access.Execute
            : (code & WasWrite) != 0 ? Access.Write : Access.Read;
        VirtualAddress address = VirtualAddress.Create(Instruction.ReadCr2());
        PageFault fault = new(address, access);
        WorkBudget budget = WorkBudget.Piece;
        // What a protection key forbids no page can cure.
        FaultOutcome outcome = (code & WasKeyed) != 0
            ? FaultOutcome.Denied
            : process.LiveSpace.Resolve(fault, ref budget);
        switch (outcome)
        {
            case FaultOutcome.Resumed or FaultOutcome.Unfinished:
                // It is tried again, and faults again if there is more to do.
                break;
            case FaultOutcome.Parked:
                BackerFailure failure =
                    BackerRequests.AskForPage(thread, fault, BackerUse.Instruction);
                if (failure != BackerFailure.None)
                    Fail(thread, fault, failure);
                break;
            case FaultOutcome.Served:
                AccessService.Begin(thread, fault);
                break;
            case FaultOutcome.OutOfMemory:
                Fail(thread, fault, BackerFailure.NoMemory);
                break;
            default:
                Fail(thread, fault, BackerFailure.None);
                break;
        }
    }

    /// <summary>
    /// An access cannot be done: the program is told, so that it can make it good, or ended.
    /// </summary>
    /// <param name="thread">The running thread, at the instruction.</param>
    /// <param name="fault">What it did.</param>
    /// <param name="failure">Why a backer did not serve it, if one was to.</param>
    internal static void Fail(Thread thread, in PageFault fault, BackerFailure failure)
    {
        bool isMemoryOut = failure == BackerFailure.NoMemory;
        if (!isMemoryOut && SignalDelivery.TryTell(thread, fault))
            return;
        EndReason reason = isMemoryOut ? EndReason.OutOfMemory : EndReason.Faulted;
        ProcessEnd end = new(reason, fault.Address.Value, KindOf(fault.Access));
        FaultReport.Write(thread.Process, end, thread.Context->Rip, failure);
        ProcessTable.End(thread.Process, end);
    }

    /// <summary>Ends the program: any other exception is its own fault.</summary>
    internal static void OnException(Thread thread)
    {
        FaultKind kind = thread.Context->Vector switch
        {
            Vector.Divide => FaultKind.Divide,
            Vector.GeneralProtection or Vector.StackSegment => FaultKind.Protection,
            Vector.InvalidOpcode => FaultKind.Instruction,
            _ => FaultKind.Other,
        };
        ProcessEnd end = new(EndReason.Faulted, thread.Context->Rip, kind);
        End(thread, end);
    }

    /// <summary>Ends a thread's program, and reports what for.</summary>
    internal static void End(Thread thread, ProcessEnd end)
    {
        FaultReport.Write(
            thread.Process, end, thread.Context->Rip, BackerFailure.None);
        ProcessTable.End(thread.Process, end);
    }

    /// <summary>What a program did that used memory so.</summary>
    internal static FaultKind KindOf(Access access) => access switch
    {
        Access.Execute => FaultKind.Execute,
        Access.Write => FaultKind.Write,
        _ => FaultKind.Read,
    };
}
