using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Memory;

namespace MemOS.Syscalls;

/// <summary>Takes the buffers of calls from their arguments, checked in full.</summary>
internal static class UserBuffer
{
    /// <summary>
    /// Most bytes that a call copies at once: a longer buffer is InvalidArgument, so that no call
    /// keeps the processor for long.
    /// </summary>
    internal const ulong MostBytes = SyscallConvention.LongestBuffer;

    /// <summary>Takes a buffer of at most MostBytes that can be used so.</summary>
    internal static ErrorCode Take(ref SyscallCall call, Access access, out UserSpan span)
    {
        (ulong start, ulong bytes) = call.Arguments.TakeBuffer();
        if (!UserSpan.TryCreate(start, bytes, out span))
            return ErrorCode.BadPointer;
        return bytes > MostBytes
            ? ErrorCode.InvalidArgument
            : UserMemory.Require(call.Thread, span, access);
    }

    /// <summary>
    /// Takes a buffer of any length for a list, of which only the used part is checked, by
    /// UserMemory.Require.
    /// </summary>
    internal static ErrorCode TakeForList(ref SyscallCall call, out UserSpan span)
    {
        (ulong start, ulong bytes) = call.Arguments.TakeBuffer();
        return UserSpan.TryCreate(start, bytes, out span)
            ? ErrorCode.None
            : ErrorCode.BadPointer;
    }

    /// <summary>
    /// Sees to it that as many of so many records can be put in a buffer as it has room for.
    /// </summary>
    internal static unsafe ErrorCode RequireRecords<TRecord>(
        in SyscallCall call, UserSpan buffer, int count, out int fitting)
        where TRecord : unmanaged
    {
        ulong room = buffer.Bytes / (ulong)sizeof(TRecord);
        fitting = (int)Math.Min((ulong)count, room);
        return UserMemory.Require(
            call.Thread, buffer.Take((ulong)fitting * (ulong)sizeof(TRecord)), Access.Write);
    }

    /// <summary>What is left of a buffer behind so many records, or none of it.</summary>
    internal static unsafe UserSpan SkipRecords<TRecord>(UserSpan buffer, ulong count)
        where TRecord : unmanaged =>
        buffer.Skip(Math.Min(buffer.Bytes, count * (ulong)sizeof(TRecord)));

    /// <summary>Puts a record at the start of a buffer that was required for writing.</summary>
    /// <param name="call">The call.</param>
    /// <param name="buffer">What is left of it afterwards.</param>
    /// <param name="record">The record.</param>
    internal static void Put<TRecord>(in SyscallCall call, ref UserSpan buffer, TRecord record)
        where TRecord : unmanaged
    {
        ReadOnlySpan<byte> bytes =
            MemoryMarshal.AsBytes(new ReadOnlySpan<TRecord>(in record));
        UserMemory.Write(call.Space, buffer, bytes);
        buffer = buffer.Skip((ulong)bytes.Length);
    }
}
