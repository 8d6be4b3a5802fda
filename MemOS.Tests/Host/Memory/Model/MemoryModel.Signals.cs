using System;
using MemOS.Abi;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Model;

/// <content>Signals: who handles what, what waits, and what is told when.</content>
internal sealed partial class MemoryModel
{
    // Those that end a process which does not handle them; all others do nothing to it.
    private static readonly SignalCode[] Deadly =
        [SignalCode.HandlerFault, SignalCode.MemFault, SignalCode.WillTerminate];

    private static readonly SignalCode[] Codes = Enum.GetValues<SignalCode>();

    public static SignalCode CodeOf(int number) => Codes[number % Codes.Length];

    public static void Handle(ModelProcess process, SignalCode code, ulong page)
    {
        VirtualAddress handler = AddressOf(page);
        process.Signals.Real.Handle(code, handler);
        process.Signals.Handlers[code] = handler;
    }

    public static void Unhandle(ModelProcess process, SignalCode code) => Assert.Equal(
        process.Signals.Handlers.Remove(code), process.Signals.Real.TryUnhandle(code));

    public static void MakeReady(ModelProcess process)
    {
        Assert.Equal(!process.Signals.IsReady, process.Signals.Real.TryMakeReady());
        process.Signals.IsReady = true;
    }

    /// <summary>A signal is sent to a process, which may be the end of it.</summary>
    public void Send(ModelProcess process, Signal signal)
    {
        ModelSignals signals = process.Signals;
        bool isDeadly = Array.IndexOf(Deadly, signal.Code) >= 0;
        bool isFull = signals.Waiting.Count == ModelSignals.Room;
        SendOutcome expected = signals.Ignores(signal.Code)
            ? isDeadly ? SendOutcome.Killed : SendOutcome.Ignored
            : isFull ? SendOutcome.Refused : SendOutcome.Kept;
        Assert.Equal(expected != SendOutcome.Refused, signals.Real.CanSend(signal.Code));
        Assert.Equal(expected, signals.Real.Send(signal));
        if (expected == SendOutcome.Kept)
        {
            signals.Waiting.Enqueue(signal);
        }
        else if (expected == SendOutcome.Killed)
        {
            End(process, isMemoryFirst: true);
        }
    }

    /// <summary>A process goes on: unless it is in a handler, it is told what waits.</summary>
    public void Tell(ModelProcess process)
    {
        ModelSignals signals = process.Signals;
        if (signals.Running.Count != 0)
        {
            signals.Running.Pop();
            return;
        }

        bool isTold = signals.IsReady && signals.Waiting.Count != 0;
        Assert.Equal(isTold, signals.Real.HasSignal);
        Assert.Equal(isTold, signals.Real.TryTake(out Signal told));
        if (!isTold)
        {
            return;
        }

        Assert.Equal(signals.Waiting.Dequeue(), told);
        if (signals.Handlers.ContainsKey(told.Code))
        {
            Enter(signals, told);
        }
        else if (Array.IndexOf(Deadly, told.Code) >= 0)
        {
            Assert.Equal(SignalDefault.Kill, SignalTable.DefaultOf(told.Code));
            End(process, isMemoryFirst: false);
        }
    }

    /// <summary>A process breaks a rule, in a handler or not.</summary>
    public void BreakRule(ModelProcess process, Signal fault)
    {
        ModelSignals signals = process.Signals;
        SignalCode? within = signals.Running.Count == 0 ? null : signals.Running.Peek();
        Signal expected = within == SignalCode.MemFault
            ? new Signal(SignalCode.HandlerFault, (ulong)SignalCode.MemFault)
            : fault;
        bool isTold = signals.IsReady && within != SignalCode.HandlerFault
            && signals.Handlers.ContainsKey(expected.Code);
        Assert.Equal(isTold, signals.Real.TryChoose(fault, within, out Signal told, out _));
        if (isTold)
        {
            Assert.Equal(expected, told);
            Enter(signals, told);
        }
        else
        {
            End(process, isMemoryFirst: true);
        }
    }

    private static void Enter(ModelSignals signals, Signal told)
    {
        Assert.True(signals.Real.TryGetHandler(told.Code, out VirtualAddress handler));
        Assert.Equal(signals.Handlers[told.Code], handler);
        signals.Running.Push(told.Code);
        Assert.True(signals.Running.Count <= 3, "handlers nest no deeper");
    }
}
