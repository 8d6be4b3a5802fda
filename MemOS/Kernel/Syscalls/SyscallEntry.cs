using MemOS.Abi;

namespace MemOS.Syscalls;

/// <summary>What the kernel knows of a system call.</summary>
/// <param name="argumentBytes">Bytes behind the code, or Unknown where there is no such call.
/// </param>
/// <param name="perform">What performs it.</param>
internal readonly unsafe struct SyscallEntry(
    int argumentBytes, delegate*<ref SyscallCall, SyscallOutcome> perform)
{
    /// <summary>There is no such call.</summary>
    internal const int Unknown = -1;

    /// <summary>Bytes behind the code, or Unknown.</summary>
    internal int ArgumentBytes { get; } = argumentBytes;

    /// <summary>What the caller's job must have the authority for.</summary>
    internal Authority Authority { get; init; }

    /// <summary>What performs it.</summary>
    internal delegate*<ref SyscallCall, SyscallOutcome> Perform { get; init; } = perform;
}
