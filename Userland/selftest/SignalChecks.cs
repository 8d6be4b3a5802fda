using System;
using MemOS.Abi;

namespace MemOS.Selftest;

/// <summary>
/// The calls about signals; what comes of signals is for the program <c>signaltest</c>.
/// </summary>
internal sealed class SignalChecks(Workbench bench)
{
    private static readonly SignalCode[] _signals = Enum.GetValues<SignalCode>();

    internal void Run()
    {
        TryUnknown();
        TryHandlers();
        foreach (SignalCode signal in _signals)
            TryOne(signal);
        bench.Begin(SyscallCode.SignalDone);
        bench.Refuses("SIGNAL_DONE: no handler runs", ErrorCode.NoHandler);
        bench.Begin(SyscallCode.Ready);
        bench.Accepts("READY");
        for (int i = 0; i < 2; i++)
        {
            bench.Begin(SyscallCode.Ready);
            bench.Refuses("READY: once more", ErrorCode.AlreadyReady);
        }
        bench.Begin(SyscallCode.SignalDone);
        bench.Refuses("SIGNAL_DONE: no handler runs after READY either", ErrorCode.NoHandler);
    }

    private void TryUnknown()
    {
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            if (Array.IndexOf(_signals, (SignalCode)code) >= 0)
                continue;
            Handle((SignalCode)code, bench.Grounds.ExecuteOnly);
            bench.Refuses($"HANDLE_SIGNAL: the signal {code:X2}", ErrorCode.UnknownSignal);
            Begin(SyscallCode.UnhandleSignal, (SignalCode)code);
            bench.Refuses($"UNHANDLE_SIGNAL: the signal {code:X2}", ErrorCode.UnknownSignal);
            Begin(SyscallCode.IsSignalHandled, (SignalCode)code);
            bench.Refuses($"IS_SIGNAL_HANDLED: the signal {code:X2}", ErrorCode.UnknownSignal);
        }
    }

    private void TryHandlers()
    {
        ulong[] bad =
        [
            0, 0x8000_0000_0000_0000, 0x100_0000_0000_0000, 0xFF00_0000_0000_0000,
            0xFFFF_8000_0000_0000, ulong.MaxValue,
        ];
        foreach (ulong handler in bad)
        {
            Handle(SignalCode.Terminate, handler);
            bench.Refuses($"HANDLE_SIGNAL: the handler {handler:X}", ErrorCode.InvalidArgument);
            IsHandled(SignalCode.Terminate, 0);
        }
        if (!bench.Grounds.HasFiveLevels)
        {
            Handle(SignalCode.Terminate, 0x8000_0000_0000);
            bench.Refuses("HANDLE_SIGNAL: the handler 2^47", ErrorCode.InvalidArgument);
        }
    }

    private void TryOne(SignalCode signal)
    {
        IsHandled(signal, 0);
        Unhandle(signal);
        bench.Refuses($"UNHANDLE_SIGNAL: {signal} without a handler", ErrorCode.NoHandler);
        // What is no code is found out when it is to run.
        ulong[] handlers =
            [bench.Grounds.ExecuteOnly, bench.Grounds.Writable, bench.Grounds.Hole, 1];
        foreach (ulong handler in handlers)
        {
            Handle(signal, handler);
            bench.Accepts($"HANDLE_SIGNAL: {signal} at {handler:X}");
            IsHandled(signal, 1);
        }
        foreach (SignalCode other in _signals)
        {
            if (other != signal)
                IsHandled(other, 0);
        }
        Unhandle(signal);
        bench.Accepts($"UNHANDLE_SIGNAL: {signal}");
        IsHandled(signal, 0);
        Unhandle(signal);
        bench.Refuses($"UNHANDLE_SIGNAL: {signal} once more", ErrorCode.NoHandler);
    }

    private void IsHandled(SignalCode signal, ulong expected)
    {
        Begin(SyscallCode.IsSignalHandled, signal);
        bench.Accepts($"IS_SIGNAL_HANDLED: {signal}");
        bench.Checks.Equal($"IS_SIGNAL_HANDLED: {signal}", expected, bench.Caller.Value0);
    }

    private void Handle(SignalCode signal, ulong handler) =>
        Begin(SyscallCode.HandleSignal, signal).Put(handler);

    private void Unhandle(SignalCode signal) => Begin(SyscallCode.UnhandleSignal, signal);

    private Caller Begin(SyscallCode code, SignalCode signal) =>
        bench.Begin(code).Put((ulong)signal, sizeof(byte));
}
