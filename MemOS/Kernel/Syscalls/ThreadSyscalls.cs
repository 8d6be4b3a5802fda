using MemOS.Abi;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Mapping;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Syscalls;

/// <summary>Starting and ending threads of the caller's process.</summary>
internal static unsafe class ThreadSyscalls
{
    private const ulong StackAlignment = 16;
    private const ulong InCaller = 0;

    /// <summary>Makes a thread that goes on where the caller does.</summary>
    internal static SyscallOutcome Create(ref SyscallCall call)
    {
        ulong data = call.Arguments.TakeUInt64();
        ulong top = call.Arguments.TakeUInt64();
        if (!call.IsPlace(top, out VirtualAddress stack) || top % StackAlignment != 0)
            return call.Fail(ErrorCode.InvalidArgument);
        if (call.Caller.ThreadCount == SyscallConvention.MostThreads)
            return call.Fail(ErrorCode.NoMemory);
        Purse purse = call.Caller.Purse;
        if (!Charges.TryTakeThread(purse))
            return call.Fail(ErrorCode.NoMemory);
        ThreadContext* context = ContextPool.Create();
        if (context == null)
        {
            Charges.ReturnThread(purse);
            return call.FailWithoutMemory();
        }
        context->Rsp = stack.Value;
        Thread thread = call.Caller.AddThread(context);
        Scheduler.Begin(thread, call.Thread);
        call.Thread.Newborn = thread;
        Cpu.RequestErrand();
        return call.Finish(thread.Id.Value, InCaller, data);
    }

    /// <summary>Ends the caller, and its process if it has no other thread.</summary>
    internal static SyscallOutcome Exit(ref SyscallCall call)
    {
        ProcessTable.EndThread(call.Thread, call.Arguments.TakeUInt32());
        return SyscallOutcome.Ended;
    }
}
