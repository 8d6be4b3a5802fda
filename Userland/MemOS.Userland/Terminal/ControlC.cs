using System;
using System.Runtime.CompilerServices;
using Cosmos.Runtime.Heap;
using MemOS.Abi;
using MemOS.Userland.Start;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland.Terminal;

/// <summary>
/// What the program does about Ctrl-C while it has the console:
/// <see cref="Console.CancelKeyPress"/> and <see cref="Console.TreatControlCAsInput"/>.
/// </summary>
/// <remarks>
/// The signal comes between any two instructions, where nothing of the runtime may be used. So the
/// program's handlers run at the next place where all of it may: while the program waits in a
/// call, when it next waits, or when an allocation takes more than a moment. One that does none of
/// these within two seconds is ended, as if it had no handler.
/// </remarks>
internal static unsafe class ControlC
{
    // As shells tell of a program that was ended by Ctrl-C.
    private const long InterruptedExit = 130;

    // The first thread's, at most; no other stack is that near to its top.
    private const int LongestStack = 1 << 20;

    private static ConsoleCancelEventHandler? _handlers;

    private static bool _isPending;
    private static bool _isWaiting;

    /// <summary>Whether Ctrl-C is a key that the program reads.</summary>
    internal static bool IsKey { get; private set; }

    /// <summary>Whether the program does anything about it.</summary>
    internal static bool IsHandled => IsKey || _handlers is not null;

    /// <summary>Adds a handler.</summary>
    internal static void Add(ConsoleCancelEventHandler handler)
    {
        _handlers += handler;
        Signals.Watch();
    }

    /// <summary>Takes a handler out.</summary>
    internal static void Remove(ConsoleCancelEventHandler handler)
    {
        _handlers -= handler;
        Signals.Unwatch();
    }

    /// <summary>Makes Ctrl-C a key or an interruption.</summary>
    internal static void SetKey(bool value)
    {
        IsKey = value;
        if (value)
            Signals.Watch();
        else
            Signals.Unwatch();
    }

    /// <summary>Takes the signal.</summary>
    internal static void OnSignal()
    {
        if (_isWaiting)
        {
            _isWaiting = false;
            Handle();
            _isWaiting = true;
            return;
        }
        _isPending = true;
        ManagedHeap.Interruption = &HandlePending;
    }

    /// <summary>
    /// The first thread is about to wait in a call: until <see cref="EndWait"/> handlers run at
    /// once.
    /// </summary>
    // Where nobody handles Ctrl-C nothing is written: after a copy of the process, the first write
    // to statics costs a copy of the page table that maps them, and the whole image.
    internal static void BeginWait()
    {
        if (!(IsHandled || _isPending) || !IsFirstThread())
            return;
        _isWaiting = true;
        // What came in between.
        HandlePending();
    }

    /// <summary>The wait is over.</summary>
    internal static void EndWait()
    {
        if (_isWaiting && IsFirstThread())
            _isWaiting = false;
    }

    // Others (NativeThread) wait in the same calls, and may use nothing of the runtime.
    private static bool IsFirstThread()
    {
        byte here;
        // Safe: the address is compared, and never used.
        return ProgramStart.StackTop - (nuint)(&here) < LongestStack;
    }

    private static void HandlePending()
    {
        if (!_isPending)
            return;
        _isPending = false;
        ManagedHeap.Interruption = null;
        Handle();
    }

    private static void Handle()
    {
        if (IsKey)
        {
            Keyboard.PutControlC();
        }
        else
        {
            ConsoleCancelEventArgs told = CreateTold(ConsoleSpecialKey.ControlC);
            _handlers?.Invoke(null, told);
            if (!told.Cancel)
                Process.Exit(InterruptedExit);
        }
        Syscall.Invoke(new PlainBlock(SyscallCode.KeepRunning));
    }

    [UnsafeAccessor(UnsafeAccessorKind.Constructor)]
    private static extern ConsoleCancelEventArgs CreateTold(ConsoleSpecialKey key);
}
