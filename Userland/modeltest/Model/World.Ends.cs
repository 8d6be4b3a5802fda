using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>How a process ends.</summary>
internal enum EndKind
{
    Kill,
    Exit,
    ReadFault,
    WriteFault,
    ExecuteFault,
}

/// <content>Ends of processes, signals, and what is none of their business.</content>
internal sealed partial class World
{
    private const ulong NoSegment = 1;
    private const ulong ExitData = 0x1234;

    /// <summary>
    /// Ends a process, and starts another in its place.
    /// </summary>
    /// <param name="process">Which.</param>
    /// <param name="kind">How.</param>
    /// <param name="address">Of a fault: where, which the process may not.</param>
    internal void End(ModelProcess process, EndKind kind, ulong address)
    {
        (OrderKind order, FaultKind fault) = kind switch
        {
            EndKind.ReadFault => (OrderKind.ReadFault, FaultKind.Read),
            EndKind.WriteFault => (OrderKind.WriteFault, FaultKind.Write),
            EndKind.ExecuteFault => (OrderKind.Run, FaultKind.Execute),
            _ => (OrderKind.Exit, FaultKind.None),
        };
        ProcessEnd expected = kind switch
        {
            EndKind.Kill => new(EndReason.Killed, 0, fault),
            EndKind.Exit => new(EndReason.Exited, ExitData, fault),
            _ => new(EndReason.Faulted, address, fault),
        };
        ProcessEnd end = kind == EndKind.Kill
            ? Process.Kill(process.Id)
            : process.Peer.DoLast(order, address, ExitData);
        Check.Equal($"{kind} of {process.Id}", expected, end);
        Forget(process);
        process.Peer.Forget();
        _processes[_processes.IndexOf(process)] = StartProcess();
    }

    internal static void Listen(ModelProcess process, SignalCode code)
    {
        process.Peer.Do(OrderKind.Listen, 0, (ulong)code);
        process.Signals.Handle(code);
    }

    internal static void Ignore(ModelProcess process, SignalCode code)
    {
        process.Peer.Begin(SyscallCode.UnhandleSignal).Put((ulong)code, sizeof(SignalCode));
        bool isHandled = process.Signals.Unhandle(code);
        Expect(process, $"UNHANDLE_SIGNAL {code}",
            isHandled ? ErrorCode.None : ErrorCode.NoHandler);
    }

    internal static void Ask(ModelProcess process, SignalCode code)
    {
        process.Peer.Begin(SyscallCode.IsSignalHandled).Put((ulong)code, sizeof(SignalCode));
        Expect(process, $"IS_SIGNAL_HANDLED {code}", ErrorCode.None);
        Check.Equal($"IS_SIGNAL_HANDLED {code}",
            process.Signals.IsHandled(code) ? 1u : 0u, process.Peer.Value);
    }

    internal static void MakeReady(ModelProcess process)
    {
        bool isReady = process.Signals.IsReady;
        process.Peer.Begin(SyscallCode.Ready);
        Expect(process, $"READY", isReady ? ErrorCode.AlreadyReady : ErrorCode.None);
        if (!isReady)
            process.Signals.MakeReady();
    }

    /// <summary>A process tries to end or wait for what is not its child.</summary>
    internal static void Meddle(ModelProcess process, ModelProcess other, SyscallCode code)
    {
        process.Peer.Begin(code).Put(other.Id.Value).Put(0, sizeof(ushort));
        Expect(process, $"{code} of {other.Id}", ErrorCode.NotFound);
    }

    // Its memory goes first, then what it has of segments.
    private void Forget(ModelProcess process)
    {
        foreach (ModelRegion region in process.Regions)
            region.Segment?.Mappings.Remove((process, region));
        process.Regions.Clear();
        foreach (ModelClaim claim in System.Linq.Enumerable.ToArray(process.Claims.Values))
            Leave(claim, UnshareReason.Ended);
    }
}
