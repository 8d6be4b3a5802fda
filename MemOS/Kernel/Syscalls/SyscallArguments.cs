using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Memory.Contracts;

namespace MemOS.Syscalls;

/// <summary>
/// A call's arguments: little-endian, packed in their order (docs/abi.md), and read where the
/// program has them. No program runs meanwhile, and each is taken once: before the call changes
/// memory.
/// </summary>
/// <param name="start">
/// Where they begin, with as many bytes behind it as the longest block has.
/// </param>
internal unsafe struct SyscallArguments(byte* start)
{
    private readonly byte* _end = start + SyscallConvention.LongestBlock - 1;
    private byte* _next = start;

    /// <summary>The code before them; only while none has been taken.</summary>
    internal readonly SyscallCode Code => (SyscallCode)_next[-1];

    /// <summary>The next one, of one byte.</summary>
    internal byte TakeByte() => Take<byte>();

    /// <summary>The next one, of two bytes.</summary>
    internal ushort TakeUInt16() => Take<ushort>();

    /// <summary>The next one, of four bytes.</summary>
    internal uint TakeUInt32() => Take<uint>();

    /// <summary>The next one, of eight bytes.</summary>
    internal ulong TakeUInt64() => Take<ulong>();

    /// <summary>
    /// The next one, a buffer: an address and a length. Nothing of it is checked.
    /// </summary>
    internal (ulong Start, ulong Bytes) TakeBuffer() => (TakeUInt64(), TakeUInt64());

    // The processor is little-endian too. Safe: it lies before the end.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Take<T>()
        where T : unmanaged
    {
        Ensure.That(_end - _next >= sizeof(T), "no call takes more than the longest block has");
        T value = Unsafe.ReadUnaligned<T>(_next);
        _next += sizeof(T);
        return value;
    }
}
