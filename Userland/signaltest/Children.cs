using System;
using MemOS.Abi;
using MemOS.Selftest;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Signaltest;

/// <summary>What the program does as its own child, to be looked at from outside.</summary>
internal static partial class Children
{
    /// <summary>A place where nothing is.</summary>
    internal static readonly Address Nowhere = new(0x1234_5678_9000);

    /// <summary>What a child exits with that was told what it should be.</summary>
    internal const int Told = 21;

    /// <summary>What one exits with that was told something else, or at the wrong time.</summary>
    internal const int Mistold = 22;

    /// <summary>What one exits with that nobody stopped.</summary>
    internal const int NotStopped = 23;

    private static int _times;

    /// <summary>Does what the first argument says.</summary>
    /// <returns>The exit code, if it comes to that.</returns>
    internal static int Run(string[] args) => args[0] switch
    {
        "read" => TellOf(FaultKind.Read, () => Trespass.Read(Nowhere)),
        "write" => TellOf(FaultKind.Write, () => Trespass.Write(OwnLayout.Code)),
        "execute" => TellOf(FaultKind.Execute, () => Trespass.Execute(Nowhere)),
        "again" => TryAgain(),
        "give-up" => GiveUp(),
        "not-ready" => FaultUnready(),
        "bad-handler" => EnterData(hasLast: true),
        "bad-handlers" => EnterData(hasLast: false),
        "fault-in-handler" => FaultInHandler(hasLast: true),
        "fault-in-handler-alone" => FaultInHandler(hasLast: false),
        "fault-in-last" => FaultInLast(),
        "no-handler" => WaitForEver(),
        "obey" => Obey(),
        "disobey" => Disobey(),
        "fault-while-told" => FaultWhileTold(),
        "late-ready" => BecomeReadyLate(),
        "start-over" => StartOver(),
        "orphan" => AwaitTerminate(),
        "parent" => StartOrphan(),
        "thread-fault" => FaultInThread(isHandled: true),
        "thread-fault-alone" => FaultInThread(isHandled: false),
        "first-exits" => EndFirstThread(),
        "crowd" => MakeCrowd(),
        "fill" => FillUp(),
        _ => throw new ArgumentException($"no such mode: {args[0]}"),
    };

    private static int TellOf(FaultKind expected, Action act)
    {
        Address place = expected == FaultKind.Write ? OwnLayout.Code : Nowhere;
        Signals.MemoryFault += (address, access) =>
            Process.Exit(access == expected && address == place ? Told : Mistold);
        act();
        return NotStopped;
    }

    // The instruction is tried again after each time.
    private static int TryAgain()
    {
        Signals.MemoryFault += static (_, _) =>
        {
            if (++_times == 3)
                Process.Exit(Told);
        };
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    private static int GiveUp()
    {
        Signals.MemoryFault += TakeOut;
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    private static void TakeOut(Address address, FaultKind access) =>
        Signals.MemoryFault -= TakeOut;

    private static int FaultUnready()
    {
        SetHandler(SignalCode.MemFault, OwnLayout.Code.Value);
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    // The handler lies in memory that is not to be run.
    private static int EnterData(bool hasLast)
    {
        if (hasLast)
        {
            Signals.Handle(SignalCode.HandlerFault, static signal => Process.Exit(
                signal.First == (ulong)SignalCode.MemFault ? Told : Mistold));
        }
        else
        {
            new Caller().Begin(SyscallCode.Ready).Send();
        }
        SetHandler(SignalCode.MemFault, Memory.Allocate(Memory.PageBytes).Start.Value);
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    private static int FaultInHandler(bool hasLast)
    {
        if (hasLast)
        {
            Signals.Handle(SignalCode.HandlerFault, static signal => Process.Exit(
                signal.First == (ulong)SignalCode.MemFault ? Told : Mistold));
        }
        Signals.MemoryFault += static (_, _) => Trespass.Write(Nowhere);
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    private static int FaultInLast()
    {
        Signals.Handle(SignalCode.HandlerFault, static _ => Trespass.Execute(Nowhere));
        Signals.MemoryFault += static (_, _) => Trespass.Write(Nowhere);
        Trespass.Read(Nowhere);
        return NotStopped;
    }

    private static void SetHandler(SignalCode signal, ulong handler) =>
        new Caller().Begin(SyscallCode.HandleSignal).Put((ulong)signal, sizeof(byte))
            .Put(handler).Send();
}
