using System;
using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>A system call failed.</summary>
public sealed class MemOsException : Exception
{
    /// <summary>The failure of <paramref name="call"/> with <paramref name="error"/>.</summary>
    public MemOsException(SyscallCode call, ErrorCode error)
        : base($"{call} failed with error 0x{(byte)error:X2}: {ErrorText.Of(call, error)}.")
    {
        Call = call;
        Error = error;
    }

    /// <summary>The call that failed.</summary>
    public SyscallCode Call { get; }

    /// <summary>Why, in the numbering of that call.</summary>
    public ErrorCode Error { get; }
}
