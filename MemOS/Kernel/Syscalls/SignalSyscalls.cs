using MemOS.Abi;
using MemOS.Backers;
using MemOS.Hardware;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;
using MemOS.Signals;

namespace MemOS.Syscalls;

/// <summary>What a process wants to be told, and the end of being told.</summary>
internal static class SignalSyscalls
{
    /// <summary>Sets a handler.</summary>
    internal static SyscallOutcome Handle(ref SyscallCall call)
    {
        SignalCode signal = (SignalCode)call.Arguments.TakeByte();
        ulong address = call.Arguments.TakeUInt64();
        if (!SignalTable.Exists(signal))
            return call.Fail(ErrorCode.UnknownSignal);
        if (address == 0 || !call.IsPlace(address, out VirtualAddress handler))
            return call.Fail(ErrorCode.InvalidArgument);
        if (!call.Caller.Signals.TryHandle(signal, handler))
            return call.FailWithoutMemory();
        if (signal == SignalCode.Terminate)
            call.Caller.Listener.Join();
        return call.Finish();
    }

    /// <summary>Takes a handler away.</summary>
    internal static SyscallOutcome Unhandle(ref SyscallCall call)
    {
        SignalCode signal = (SignalCode)call.Arguments.TakeByte();
        if (!SignalTable.Exists(signal))
            return call.Fail(ErrorCode.UnknownSignal);
        if (!call.Caller.Signals.Table.TryUnhandle(signal))
            return call.Fail(ErrorCode.NoHandler);
        if (signal == SignalCode.Terminate)
            call.Caller.Listener.Leave();
        return call.Finish();
    }

    /// <summary>Whether a signal has a handler.</summary>
    internal static SyscallOutcome IsHandled(ref SyscallCall call)
    {
        SignalCode signal = (SignalCode)call.Arguments.TakeByte();
        if (!SignalTable.Exists(signal))
            return call.Fail(ErrorCode.UnknownSignal);
        return call.Finish(call.Caller.Signals.Table.TryGetHandler(signal, out _) ? 1u : 0u);
    }

    /// <summary>Lets signals come, those that wait already first.</summary>
    internal static SyscallOutcome MakeReady(ref SyscallCall call)
    {
        if (!call.Caller.Signals.Table.TryMakeReady())
            return call.Fail(ErrorCode.AlreadyReady);
        call.Finish();
        SignalDelivery.Notify(call.Caller);
        return SyscallOutcome.Finished;
    }

    /// <summary>Leaves a handler; one of a backer's with its answer.</summary>
    internal static SyscallOutcome Leave(ref SyscallCall call)
    {
        BackerAnswer answer = (BackerAnswer)call.Arguments.TakeByte();
        ulong data = call.Arguments.TakeUInt64();
        if (call.Thread != call.Caller.FirstThread || !call.Caller.Signals.IsHandling)
            return call.Fail(ErrorCode.NoHandler);
        if (call.Caller.Signals.Handling
            is SignalCode.ReadBackedAms or SignalCode.WriteBackedAms
            && !BackerRequests.TryAnswer(call.Caller, answer, data))
        {
            if (call.TryCollectFirst())
                return SyscallOutcome.Restarted;
            BackerRequests.Finish(call.Caller, BackerFailure.NoMemory, 0);
        }
        // The handler's context is in use until the way out.
        call.Thread.HasEndedHandler = true;
        Cpu.RequestErrand();
        return call.Finish();
    }
}
