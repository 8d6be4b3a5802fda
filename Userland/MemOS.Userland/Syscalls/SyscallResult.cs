using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Userland.Syscalls;

/// <summary>What a system call gave back: the registers as the stub stored them.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly struct SyscallResult
{
    private readonly ulong _error;

    /// <summary>First value (RDX); meaningless after an error, as are all values.</summary>
    public readonly ulong Value0;

    /// <summary>Second value (RDI).</summary>
    public readonly ulong Value1;

    /// <summary>Third value (RSI).</summary>
    public readonly ulong Value2;

    /// <summary>Fourth value (R8).</summary>
    public readonly ulong Value3;

    /// <summary>Fifth value (R9).</summary>
    public readonly ulong Value4;

    /// <summary>Sixth value (R10).</summary>
    public readonly ulong Value5;

    /// <summary>The error code; <see cref="ErrorCode.None"/> for success.</summary>
    public ErrorCode Error => (ErrorCode)_error;

    /// <summary>The result itself if the call succeeded.</summary>
    /// <param name="call">The call, to be named in the message.</param>
    /// <exception cref="MemOsException">The call failed.</exception>
    public SyscallResult OrThrow(SyscallCode call) =>
        Error == ErrorCode.None ? this : throw new MemOsException(call, Error);
}
