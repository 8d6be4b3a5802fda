using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Syscalls;

/// <summary>The kernel's own copy of a call's block: its code, then its arguments.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct SyscallBlock
{
    /// <summary>What is called for.</summary>
    internal SyscallCode Code;

    private ArgumentBytes _arguments;

    [InlineArray(SyscallConvention.LongestBlock - 1)]
    private struct ArgumentBytes
    {
        private byte _first;
    }

    /// <summary>What follows the code; what the call has no use for is any bytes.</summary>
    [UnscopedRef]
    internal ReadOnlySpan<byte> Arguments =>
        MemoryMarshal.CreateReadOnlySpan(
            ref Unsafe.As<ArgumentBytes, byte>(ref _arguments), Unsafe.SizeOf<ArgumentBytes>());

    /// <summary>All of it, to be filled.</summary>
    [UnscopedRef]
    internal Span<byte> Bytes =>
        MemoryMarshal.CreateSpan(
            ref Unsafe.As<SyscallBlock, byte>(ref this), Unsafe.SizeOf<SyscallBlock>());

    /// <summary>Copies a block that lies in one piece.</summary>
    /// <param name="start">Any alignment.</param>
    /// <param name="block">The copy.</param>
    // Two copies, as one of 65 bytes would be a call.
    internal static unsafe void Read(byte* start, out SyscallBlock block)
    {
        block.Code = (SyscallCode)start[0];
        block._arguments = Unsafe.ReadUnaligned<ArgumentBytes>(start + 1);
    }
}
