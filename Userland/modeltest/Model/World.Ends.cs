using System.Linq;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

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
    private const ulong ExitData = 0x1234;

    /// <summary>
    /// Ends a process, and starts another in its place.
    /// </summary>
    /// <param name="process">Which.</param>
    /// <param name="kind">How.</param>
    /// <param name="address">Of a fault: where, which the process may not.</param>
    internal void End(ModelProcess process, EndKind kind, ulong address)
    {
        EndOnly(process, kind, address);
        int place = _processes.IndexOf(process);
        _processes[place] = StartProcess(place);
    }

    /// <summary>Makes a copy of a process; another ends for it.</summary>
    internal void Copy(ModelProcess process, ModelProcess other)
    {
        Segment box = Hunger.TakeBox();
        if (IsLackOf(SyscallCode.CreateProcess, process.Peer.TryCopy(box)))
        {
            Hunger.ReturnBox(box);
            return;
        }
        Hunger.End();
        ModelProcess copy = new(++_lastNumber, process.Peer.OpenCopy(box), process);
        process.Traces.HasMore = true;
        copy.Traces.Add(process.Traces);
        foreach (ModelRegion region in process.Regions)
        {
            ModelRegion its = region.Copy(copy.Traces);
            copy.Add(its);
            // As old as the one that it is a copy of.
            its.Segment?.Mappings.Insert(
                its.Segment.Mappings.IndexOf((process, region)) + 1, (copy, its));
        }
        foreach (ModelClaim claim in process.Claims.Values)
        {
            if (process.Regions.Exists(r => r.Segment == claim.Segment))
                AddClaim(new ModelClaim(claim.Segment, copy, ClaimRole.Heir) { Sharer = process });
        }
        EndOnly(other, EndKind.Kill, 0);
        _processes[_processes.IndexOf(other)] = copy;
        // It has to do something to be told of that end.
        process.Peer.Begin(SyscallCode.GetPid);
        Expect(process, $"GET_PID", ErrorCode.None);
    }

    internal static void Listen(ModelProcess process, SignalCode code)
    {
        if (code is SignalCode.ReadBackedAms or SignalCode.WriteBackedAms)
        {
            Serve(process);
            return;
        }
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
        Check.Equal($"whether {process.Id} handles it",
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

    /// <summary>A process tries to end or wait for what is not its child; its child it asks.
    /// </summary>
    internal static void Meddle(ModelProcess process, ModelProcess other, SyscallCode code)
    {
        bool isChild = other.Parent == process;
        if (isChild)
            code = SyscallCode.WaitChildProcess;
        process.Peer.Begin(code).Put(other.Id.Value).Put(0, sizeof(ushort));
        Expect(process, $"{code} of {other.Id}",
            isChild ? ErrorCode.TimedOut : ErrorCode.NotFound);
    }

    private void EndOnly(ModelProcess process, EndKind kind, ulong address)
    {
        bool isOrphan = process.Peer.Kind == PeerKind.Copy && process.Parent is null;
        if (isOrphan && kind == EndKind.Kill)
            kind = EndKind.Exit;
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
        ProcessEnd? end =
            kind == EndKind.Kill ? Kill(process) : AwaitEnd(process, order, address);
        if (!isOrphan)
            Check.Equal($"how {process.Id} ended", expected, end!.Value);
        if (AccessOf(kind) is not MemoryRights.None and MemoryRights access)
            ExpectRefusal(process, address / Page, access);
        Forget(process);
        process.Peer.Forget();
    }

    private static MemoryRights AccessOf(EndKind kind) => kind switch
    {
        EndKind.ReadFault => MemoryRights.Read,
        EndKind.WriteFault => MemoryRights.Write,
        EndKind.ExecuteFault => MemoryRights.Execute,
        _ => MemoryRights.None,
    };

    private static ProcessEnd Kill(ModelProcess process)
    {
        if (process.Parent is not { } parent)
            return Process.Kill(process.Id);
        parent.Peer.Begin(SyscallCode.KillChildProcess).Put(process.Id.Value)
            .Put(0, sizeof(ushort));
        Expect(parent, $"KILL_CHILD_PROCESS of {process.Id}", ErrorCode.None);
        return EndOf(parent.Peer.Result);
    }

    private static ProcessEnd? AwaitEnd(ModelProcess process, OrderKind order, ulong address)
    {
        uint number = process.Peer.Give(order, address, ExitData);
        ProcessEnd? end;
        while (!TryWait(process, out end))
        {
            if (process.Peer.HasDone(number))
                Check.Fail($"{order} at {new Address(address)} does not end the process");
        }
        return end;
    }

    // Only a parent is told how a process ended.
    private static bool TryWait(ModelProcess process, out ProcessEnd? end)
    {
        end = null;
        if (process.Peer.Kind == PeerKind.Child)
        {
            bool hasEnded = Process.TryWait(process.Id, Peer.LookAfter, out ProcessEnd own);
            end = own;
            return hasEnded;
        }
        if (process.Parent is not { } parent)
        {
            Clock.Sleep(1);
            return !process.Peer.IsListed;
        }
        ErrorCode error = parent.Peer.Begin(SyscallCode.WaitChildProcess).Put(process.Id.Value)
            .Put(Peer.LookAfter, sizeof(ushort)).Send();
        if (error == ErrorCode.TimedOut)
            return false;
        Check.Equal($"WAIT_CHILD_PROCESS of {process.Id}", ErrorCode.None, error);
        end = EndOf(parent.Peer.Result);
        return true;
    }

    private static ProcessEnd EndOf(SyscallResult result) =>
        new((EndReason)result.Value1, result.Value0, (FaultKind)result.Value2);

    // Its memory goes first, then what it has of segments.
    private void Forget(ModelProcess process)
    {
        process.HasEnded = true;
        _waiters.RemoveAll(w => w.Word.Process == process);
        foreach (ModelRegion region in process.Regions)
            region.Segment?.Mappings.Remove((process, region));
        process.Regions.Clear();
        foreach (ModelClaim claim in process.Claims.Values.ToArray())
            Leave(claim, UnshareReason.Ended);
        foreach (ModelProcess child in _processes.FindAll(p => p.Parent == process))
        {
            child.Parent = null;
            child.Signals.Send(new Signal(SignalCode.Terminate, 0, 0, 0, 0));
        }
    }
}
