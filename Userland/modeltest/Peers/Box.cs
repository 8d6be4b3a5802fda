using System.Runtime.InteropServices;
using MemOS.Userland.Syscalls;

namespace MemOS.Modeltest.Peers;

/// <summary>What a peer is to do.</summary>
internal enum OrderKind : uint
{
    /// <summary>Make the system call of the block.</summary>
    Call,

    /// <summary>Read both words of the page.</summary>
    Read,

    /// <summary>Write the value, then read both words of the page.</summary>
    Write,

    /// <summary>Call the address as code.</summary>
    Run,

    /// <summary>Read a byte there, which is not allowed.</summary>
    ReadFault,

    /// <summary>Write a byte there, which is not allowed.</summary>
    WriteFault,

    /// <summary>Handle the signal whose code is the value, and keep what comes.</summary>
    Listen,

    /// <summary>
    /// Serve segments that the process backs, as <see cref="Supplies"/> says; the address is the
    /// process's number in the model.
    /// </summary>
    Serve,

    /// <summary>
    /// Make a thread by the call of the block, which uses the place that the value counts; tells
    /// the error as the value.
    /// </summary>
    StartThread,

    /// <summary>Take all memory but so many pages as the value says.</summary>
    Hoard,

    /// <summary>Give it back.</summary>
    Release,

    /// <summary>
    /// Make a copy of the process by the call of the block; the copy's box is the segment that the
    /// value names.
    /// </summary>
    Copy,

    /// <summary>End with the value.</summary>
    Exit,
}

/// <summary>The page that the driver and one peer have together.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Box
{
    /// <summary>Words of a page that are looked at: the first and the last.</summary>
    internal const int Words = 2;

    /// <summary>Signals that are kept: as many as can wait.</summary>
    internal const int Signals = 64;

    /// <summary>Code and data of a signal.</summary>
    internal const int SignalWords = 5;

    /// <summary>Threads that a process has beside its first, at most.</summary>
    internal const int Threads = 3;

    /// <summary>Requests to a backer that are kept: those of one order are fewer.</summary>
    internal const int Requests = 4;

    /// <summary>Counts the orders; changing it gives one.</summary>
    internal uint Order;

    /// <summary>The last order that was carried out.</summary>
    internal uint Answer;

    internal OrderKind Kind;

    /// <summary>Counts the signals that came.</summary>
    internal uint SignalsCome;

    /// <summary>Counts what the process was asked as a backer.</summary>
    internal ulong RequestsCome;

    internal ulong Address;
    internal ulong Value;
    internal SyscallResult Result;
    internal fixed ulong Seen[Words];
    internal fixed byte Block[72];
    internal fixed ulong SignalLog[Signals * SignalWords];
    internal ThreadPlace Thread0;
    internal ThreadPlace Thread1;
    internal ThreadPlace Thread2;
    internal fixed ulong RequestLog[Requests * SignalWords];
}

/// <summary>The longest block, as something to point at.</summary>
[StructLayout(LayoutKind.Sequential, Size = 72)]
internal readonly struct AnyBlock;
