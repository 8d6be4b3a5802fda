using System.Runtime;
using System.Runtime.CompilerServices;
using MemOS.Abi;

namespace MemOS.Userland.Syscalls;

/// <summary>System calls as they are: a packed block goes in, registers come out.</summary>
/// <remarks>Programs call the typed wrappers; this is for calls that have none yet.</remarks>
public static unsafe class Syscall
{
    /// <summary>Makes the call that the block describes.</summary>
    /// <param name="block">
    /// A struct of pack 1: the <see cref="MemOS.Abi.SyscallCode"/>, then the arguments in order.
    /// </param>
    public static SyscallResult Invoke<TBlock>(in TBlock block)
        where TBlock : unmanaged
    {
        Unsafe.SkipInit(out SyscallResult result);
        // Safe: the kernel reads the block and writes only where the block says; both are ours
        // and stay where they are for the call.
        fixed (TBlock* address = &block)
            MemosSyscall(address, &result);
        return result;
    }

    /// <summary>Makes a call that gives at most one value: shorter than <see cref="Invoke"/>.
    /// </summary>
    /// <param name="block">As for <see cref="Invoke"/>.</param>
    /// <param name="value">The value, if the call gives one and succeeded.</param>
    internal static ErrorCode InvokeShort<TBlock>(in TBlock block, out ulong value)
        where TBlock : unmanaged
    {
        // Safe: as above.
        fixed (TBlock* address = &block)
        fixed (ulong* place = &value)
            return (ErrorCode)MemosShortSyscall(address, place);
    }

    [RuntimeImport("*", "MemosSyscall")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void MemosSyscall(void* block, SyscallResult* result);

    [RuntimeImport("*", "MemosShortSyscall")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong MemosShortSyscall(void* block, ulong* value);
}
