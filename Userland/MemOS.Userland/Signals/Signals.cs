using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Cosmos.Runtime.Heap;
using MemOS.Abi;
using MemOS.Userland.Syscalls;
using MemOS.Userland.Terminal;

namespace MemOS.Userland;

/// <summary>What the kernel tells this program, as events.</summary>
/// <remarks>
/// A handler runs at once, on the first thread, between any two instructions of what runs there;
/// no other handler runs meanwhile. So one of a signal that comes at any time may have interrupted
/// an allocation, or a line on its way to the console: it must do neither, but set a field, or
/// wake a <see cref="MemoryWord"/>. One of <see cref="MemoryFault"/> interrupts an access of the
/// program's own code and may do what that code may. No collection runs inside of a handler, and
/// no exception may leave it.
/// </remarks>
public static class Signals
{
    private const int Codes = 256;

    private static Func<Signal, SignalAnswer>?[] _handlers = [];
    private static Action<Address, FaultKind>? _memoryFault;
    private static Action<uint>? _willTerminate;
    private static Action? _terminate;

    /// <summary>
    /// Memory was used that is not there or may not be used so; tells where, and whether it was
    /// read, written or executed. Afterwards the same instruction is tried again: a handler that
    /// has not made the access possible ends the program, or takes itself out to have it ended.
    /// </summary>
    public static event Action<Address, FaultKind>? MemoryFault
    {
        add
        {
            _memoryFault += value;
            Handle(SignalCode.MemFault, static signal => _memoryFault?.Invoke(
                new Address(signal.First), (FaultKind)signal.Second));
        }

        remove
        {
            _memoryFault -= value;
            if (_memoryFault is null)
                Unhandle(SignalCode.MemFault);
        }
    }

    /// <summary>The program is ended in so many milliseconds, if it has not by then.</summary>
    public static event Action<uint>? WillTerminate
    {
        add
        {
            _willTerminate += value;
            Handle(SignalCode.WillTerminate, static signal =>
                _willTerminate?.Invoke((uint)signal.First));
        }

        remove
        {
            _willTerminate -= value;
            if (_willTerminate is null)
                Unhandle(SignalCode.WillTerminate);
        }
    }

    /// <summary>
    /// The program should end: whoever started it has, its job is to end, or Ctrl-C was pressed.
    /// </summary>
    public static event Action? Terminate
    {
        add
        {
            _terminate += value;
            Watch();
        }

        remove
        {
            _terminate -= value;
            Unwatch();
        }
    }

    /// <summary>Has TERMINATE handled, for those who have asked for it or for Ctrl-C.</summary>
    internal static void Watch() => Handle(SignalCode.Terminate, static signal =>
    {
        bool isControlC = (TerminateReason)signal.First == TerminateReason.ControlC;
        if (isControlC && ControlC.IsHandled)
            ControlC.OnSignal();
        else
            _terminate?.Invoke();
    });

    /// <summary>Ends that once nobody asks for it any more.</summary>
    internal static void Unwatch()
    {
        if (_terminate is null && !ControlC.IsHandled && IsHandled(SignalCode.Terminate))
            Unhandle(SignalCode.Terminate);
    }

    /// <summary>Has a signal handled; replaces its handler. The events stand on this.</summary>
    /// <param name="signal">Which.</param>
    /// <param name="handler">What to do; see the remarks about what it must not.</param>
    /// <exception cref="MemOsException">No such signal, or no memory.</exception>
    public static void Handle(SignalCode signal, Action<Signal> handler) =>
        Handle((signal, handler));

    /// <summary>
    /// Has several signals handled, before the program is told of the first: what waits for the
    /// program when it begins to handle signals would be lost to the handlers that come later.
    /// </summary>
    /// <param name="all">Each signal with what to do.</param>
    /// <exception cref="MemOsException">No such signal, or no memory.</exception>
    public static void Handle(params ReadOnlySpan<(SignalCode Signal, Action<Signal> Do)> all)
    {
        foreach ((SignalCode signal, Action<Signal> handler) in all)
        {
            Set(signal, told =>
            {
                handler(told);
                return default;
            });
        }
        BeReady();
    }

    /// <summary>Has a signal handled that wants an answer: see BackedSegment.</summary>
    /// <param name="signal">Which.</param>
    /// <param name="handler">What to do; see the remarks about what it must not.</param>
    /// <exception cref="MemOsException">No such signal, or no memory.</exception>
    public static void Serve(SignalCode signal, Func<Signal, SignalAnswer> handler)
    {
        Set(signal, handler);
        BeReady();
    }

    /// <summary>Has a signal do again what it does without a handler.</summary>
    /// <exception cref="MemOsException">No such signal, or it has no handler.</exception>
    public static void Unhandle(SignalCode signal) =>
        Syscall.Invoke(new SignalBlock(SyscallCode.UnhandleSignal, signal))
            .OrThrow(SyscallCode.UnhandleSignal);

    /// <summary>Whether a signal has a handler.</summary>
    /// <exception cref="MemOsException">No such signal.</exception>
    public static bool IsHandled(SignalCode signal) =>
        Syscall.Invoke(new SignalBlock(SyscallCode.IsSignalHandled, signal))
            .OrThrow(SyscallCode.IsSignalHandled).Value0 != 0;

    private static unsafe void Set(SignalCode signal, Func<Signal, SignalAnswer> handler)
    {
        if (_handlers.Length == 0)
            _handlers = new Func<Signal, SignalAnswer>?[Codes];
        _handlers[(int)signal] = handler;
        Syscall.Invoke(new HandleSignalBlock(signal, Address.Of(Entry())))
            .OrThrow(SyscallCode.HandleSignal);
    }

    // From the second time on the program is ready already, which is as good.
    private static void BeReady() => Syscall.Invoke(new PlainBlock(SyscallCode.Ready));

    // Called by Entry.asm. The registers of what is interrupted, where references may be, are in
    // the kernel: nothing may be collected until they are back.
    [RuntimeExport("MemosOnSignal")]
    private static unsafe void OnSignal(
        SignalCode code, ulong first, ulong second, ulong third, ulong fourth,
        SignalDoneBlock* done)
    {
        RootScan before = ManagedHeap.Mode;
        ManagedHeap.Mode = RootScan.EmptyStack;
        Func<Signal, SignalAnswer>? handler = _handlers[(int)code];
        // Safe: Entry.asm has made room for the block on the handler's stack.
        *done = new SignalDoneBlock(
            handler?.Invoke(new Signal(code, first, second, third, fourth)) ?? default);
        ManagedHeap.Mode = before;
    }

    [RuntimeImport("*", "MemosSignalEntry")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern unsafe void* Entry();
}
