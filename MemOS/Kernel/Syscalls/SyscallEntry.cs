using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Mapping;

namespace MemOS.Syscalls;

/// <summary>What the kernel knows of a system call.</summary>
// As long as a power of two, so that an index of the table is a shift.
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal readonly unsafe struct SyscallEntry
{
    /// <summary>There is no such call.</summary>
    internal const int Unknown = -1;

    /// <summary>A call whose need of the heap is always the same.</summary>
    /// <param name="argumentBytes">Bytes behind the code, or Unknown.</param>
    /// <param name="need">What it takes of the kernel's heap.</param>
    /// <param name="perform">What performs it.</param>
    internal SyscallEntry(
        int argumentBytes, HeapNeed need, delegate*<ref SyscallCall, SyscallOutcome> perform)
        : this(argumentBytes, need, null, perform)
    {
    }

    /// <summary>A call whose need depends on its arguments or its caller.</summary>
    /// <param name="argumentBytes">Bytes behind the code.</param>
    /// <param name="need">Not less than it ever takes, or Measured.</param>
    /// <param name="measure">
    /// How many frames of the heap it takes at most, asked if there is less than that; gets a copy
    /// of the call and changes nothing.
    /// </param>
    /// <param name="perform">What performs it.</param>
    internal SyscallEntry(
        int argumentBytes, HeapNeed need, delegate*<SyscallCall, ulong> measure,
        delegate*<ref SyscallCall, SyscallOutcome> perform)
    {
        ArgumentBytes = argumentBytes;
        Need = need;
        Perform = perform;
        Measure = measure;
    }

    /// <summary>Bytes behind the code, or Unknown.</summary>
    internal int ArgumentBytes { get; }

    /// <summary>What it takes of the kernel's heap at most.</summary>
    internal HeapNeed Need { get; }

    /// <summary>What the caller's job must have the authority for.</summary>
    internal Authority Authority { get; init; }

    /// <summary>What performs it.</summary>
    internal delegate*<ref SyscallCall, SyscallOutcome> Perform { get; init; }

    /// <summary>What measures its need; null if that is always the same.</summary>
    internal delegate*<SyscallCall, ulong> Measure { get; }
}
