using MemOS.Abi;
using MemOS.Backers;
using MemOS.Faults;
using MemOS.Hardware;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Signals;

/// <summary>
/// Tells processes what happens: keeps signals until they can be told, and sends the first thread
/// to its handler on its way to ring 3. See docs/abi.md, "Signals".
/// </summary>
internal static unsafe class SignalDelivery
{
    // What a program may keep below its stack pointer (System V ABI, AMD64 supplement, 3.2.2).
    private const ulong RedZoneBytes = 128;
    private const ulong StackAlignment = 16;
    private const ulong InterruptsOn = 0x202;

    /// <summary>
    /// Sends a signal. A process that is ready and has no handler gets its default at once, which
    /// may be the end of it. One that ends already is told nothing.
    /// </summary>
    /// <param name="process">Who gets it; has not ended.</param>
    /// <param name="signal">What it is told.</param>
    /// <param name="sender">Who tells it: a stranger finds less room.</param>
    /// <returns>False if too many signals wait already; nothing has happened then.</returns>
    internal static bool TrySend(
        Process process, Signal signal, SignalSender sender = SignalSender.Inside)
    {
        if (process.Ending is not null)
            return true;
        SendOutcome outcome = process.Signals.Table.Send(signal, sender);
        if (outcome == SendOutcome.Killed)
            EndFor(process);
        else if (outcome == SendOutcome.Kept)
            Notify(process);
        return outcome != SendOutcome.Refused;
    }

    /// <summary>Has the first thread see to what waits, if it may: ends its waiting.</summary>
    internal static void Notify(Process process)
    {
        if (!process.Signals.IsDue)
            return;
        Thread first = process.FirstThread!;
        if (first == Scheduler.Current)
            Cpu.RequestErrand();
        else if (first.State == ThreadState.Waiting)
            Scheduler.MakeReady(first);
    }

    /// <summary>Tells a program of its fault, so that it can make it good.</summary>
    /// <param name="thread">The running thread, which did it.</param>
    /// <param name="fault">What it did.</param>
    /// <returns>False if it is to be ended for it.</returns>
    internal static bool TryTell(Thread thread, in PageFault fault)
    {
        Process process = thread.Process;
        ProcessSignals signals = process.Signals;
        SignalTable table = signals.Table;
        if (thread != process.FirstThread)
        {
            if (!table.IsReady || !table.TryGetHandler(SignalCode.MemFault, out _))
                return false;
            thread.Fault = fault;
            signals.AddFaulted(thread);
            Scheduler.Park(WaitReason.Fault, Thread.Never);
            Notify(process);
            return true;
        }
        SignalCode? within = signals.IsHandling ? signals.Handling : null;
        if (!table.TryChoose(
            Describe(fault), within, out Signal signal, out VirtualAddress handler))
            return false;
        Enter(thread, signal, handler, null);
        return true;
    }

    /// <summary>
    /// What a thread has to do before it goes on in ring 3; may end its process. All its registers
    /// are in its context.
    /// </summary>
    internal static void Prepare(Thread thread)
    {
        Process process = thread.Process;
        if (thread.HasEndedHandler)
        {
            thread.HasEndedHandler = false;
            Thread? faulted = process.Signals.Leave(thread);
            Cpu.SetContext(thread.Context);
            if (faulted is not null)
                Scheduler.MakeReady(faulted);
        }
        do
        {
            if (thread.Backing.Failure != BackerFailure.None)
                BackerRequests.Tell(thread);
            else if (thread == process.FirstThread
                && process.Signals.Requests is { Asked: null, Own: { } own })
                Serve(thread, own);
            // Whoever waits for the last answer is told first.
            while (!Wakeups.IsUnderWay && process.Signals.IsDue && thread == process.FirstThread
                && process.Ending is null)
                EnterNext(thread);
        }
        while (thread == Scheduler.Current && process.Ending is null
            && (thread.Backing.Failure != BackerFailure.None || TryContinue(thread)));
    }

    /// <summary>Lets those go on that wait for a handler which will never end.</summary>
    internal static void Abandon(Process process)
    {
        while (process.Signals.AbandonNext() is { } faulted)
            Scheduler.MakeReady(faulted);
    }

    private static void EnterNext(Thread thread)
    {
        Process process = thread.Process;
        ProcessSignals signals = process.Signals;
        SignalTable table = signals.Table;
        Signal signal;
        if (signals.TryTakeFaulted(out Thread? faulted))
        {
            signal = Describe(faulted.Fault);
        }
        else if (signals.Requests.First is { } wait
            && !(signals.Requests.HasJustServed && table.HasSignal))
        {
            Serve(thread, wait);
            return;
        }
        else if (!table.TryTake(out signal))
        {
            return;
        }
        signals.Requests.HasJustServed = false;
        if (table.TryGetHandler(signal.Code, out VirtualAddress handler))
            Enter(thread, signal, handler, faulted);
        else if (faulted is not null)
            // It faults again, and the report will be its own.
            Scheduler.MakeReady(faulted);
        else if (SignalTable.DefaultOf(signal.Code) == SignalDefault.Kill)
            EndFor(process);
    }

    // Handlers come first: an instruction that is under way may have to wait.
    private static bool TryContinue(Thread thread)
    {
        if (!thread.Backing.IsUnderWay || thread.Backing.IsPausing)
            return false;
        AccessService.Continue(thread);
        return true;
    }

    // Has the backer's handler serve a thread. Whoever serves many is told of other signals in
    // between.
    private static void Serve(Thread thread, BackerWait wait)
    {
        Process process = thread.Process;
        ProcessSignals signals = process.Signals;
        Signal signal = wait.Signal;
        signals.Requests.Ask(wait);
        if (signals.Table.TryGetHandler(signal.Code, out VirtualAddress handler))
            Enter(thread, signal, handler, null);
        bool isEntered = signals.IsHandling && signals.Handling == signal.Code;
        if (!isEntered && process.Ending is null)
            BackerRequests.Finish(process, BackerFailure.NotHandled, 0);
    }

    private static void Enter(
        Thread thread, in Signal signal, VirtualAddress handler, Thread? faulted)
    {
        if (!CanRun(thread.Process, handler))
        {
            EnterInstead(thread, signal, handler, faulted);
            return;
        }
        ulong stack = thread.Context->Rsp;
        ThreadContext* context = thread.Process.Signals.Enter(thread, signal.Code, faulted);
        context->Rip = handler.Value;
        context->Rsp = ((stack - RedZoneBytes) & ~(StackAlignment - 1)) - sizeof(ulong);
        context->Rflags = InterruptsOn;
        context->Rdi = (ulong)signal.Code;
        context->Rsi = signal.First;
        context->Rdx = signal.Second;
        context->Rcx = signal.Third;
        context->R8 = signal.Fourth;
        Cpu.SetContext(context);
    }

    // A handler that cannot run is a fault in it.
    private static void EnterInstead(
        Thread thread, in Signal signal, VirtualAddress handler, Thread? faulted)
    {
        if (signal.Code != SignalCode.HandlerFault && thread.Process.Signals.Table
            .TryGetHandler(SignalCode.HandlerFault, out VirtualAddress last))
        {
            Signal instead = new(SignalCode.HandlerFault, (ulong)signal.Code);
            Enter(thread, instead, last, faulted);
            return;
        }
        UserFaults.End(
            thread, new ProcessEnd(EndReason.Faulted, handler.Value, FaultKind.Execute));
    }

    private static bool CanRun(Process process, VirtualAddress handler) =>
        process.LiveSpace.TryFind(handler, out Region? region) && region.Rights.CanExecute;

    // Another process ends by itself when it has the processor next.
    private static void EndFor(Process process)
    {
        ProcessEnd end = new(EndReason.Killed, 0, FaultKind.None);
        if (process == Scheduler.Current?.Process)
        {
            ProcessTable.End(process, end);
            return;
        }
        ProcessEnding.Begin(process, end);
        ProcessEnding.GoOnLater(process);
    }

    private static Signal Describe(in PageFault fault) => new(
        SignalCode.MemFault, fault.Address.Value, (ulong)UserFaults.KindOf(fault.Access));
}
