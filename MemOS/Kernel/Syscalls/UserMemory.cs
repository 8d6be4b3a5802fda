using System;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;

namespace MemOS.Syscalls;

/// <summary>
/// The kernel's way to a program's memory: by the program's own page tables and regions, never
/// through its pointers (architecture decision D10).
/// </summary>
internal static class UserMemory
{
    /// <summary>
    /// Sees to it that all of a span is there and may be used so. After that, and until the call
    /// is over, reading and writing it cannot fail.
    /// </summary>
    /// <returns>None, BadPointer, NotPermitted or NoMemory.</returns>
    internal static ErrorCode Require(
        AddressSpace<MachineMemory> space, UserSpan span, Access access)
    {
        while (span.Bytes != 0)
        {
            FaultOutcome outcome = space.Reach(span.Start, access, out _);
            if (outcome == FaultOutcome.OutOfMemory)
                return ErrorCode.NoMemory;
            if (outcome != FaultOutcome.Resumed)
                return Denial(space, span.Start);
            ulong inPage = (ulong)(PageSizes.SmallBytes - span.Start.OffsetInPage);
            span = span.Skip(Math.Min(inPage, span.Bytes));
        }
        return ErrorCode.None;
    }

    /// <summary>
    /// Copies memory that lies in one page, in one step. False if it does not, or cannot be read:
    /// then the long way tells why.
    /// </summary>
    /// <param name="space">The program's memory.</param>
    /// <param name="address">Any number.</param>
    /// <param name="to">Where the bytes go; not longer than a page.</param>
    internal static bool TryReadWithinPage(
        AddressSpace<MachineMemory> space, ulong address, Span<byte> to)
    {
        int offset = (int)(address % PageSizes.SmallBytes);
        if (offset > PageSizes.SmallBytes - to.Length
            || !VirtualAddress.TryCreate(address, out VirtualAddress start)
            || space.Reach(start, Access.Read, out Frame frame) != FaultOutcome.Resumed)
            return false;
        default(MachineMemory).CopyOut(frame, offset, to);
        return true;
    }

    /// <summary>Copies from a span that was required for reading.</summary>
    /// <param name="space">The program's memory.</param>
    /// <param name="from">As long as the target.</param>
    /// <param name="to">Where the bytes go.</param>
    internal static void Read(AddressSpace<MachineMemory> space, UserSpan from, Span<byte> to)
    {
        while (!to.IsEmpty)
        {
            Frame frame = FrameAt(space, from, Access.Read);
            int offset = from.Start.OffsetInPage;
            int length = Math.Min(to.Length, PageSizes.SmallBytes - offset);
            default(MachineMemory).CopyOut(frame, offset, to[..length]);
            to = to[length..];
            from = from.Skip((ulong)length);
        }
    }

    /// <summary>Copies to a span that was required for writing.</summary>
    /// <param name="space">The program's memory.</param>
    /// <param name="to">At least as long as the source.</param>
    /// <param name="from">The bytes.</param>
    internal static void Write(
        AddressSpace<MachineMemory> space, UserSpan to, ReadOnlySpan<byte> from)
    {
        while (!from.IsEmpty)
        {
            Frame frame = FrameAt(space, to, Access.Write);
            int offset = to.Start.OffsetInPage;
            int length = Math.Min(from.Length, PageSizes.SmallBytes - offset);
            default(MachineMemory).CopyIn(frame, offset, from[..length]);
            from = from[length..];
            to = to.Skip((ulong)length);
        }
    }

    private static Frame FrameAt(
        AddressSpace<MachineMemory> space, UserSpan span, Access access)
    {
        FaultOutcome outcome = space.Reach(span.Start, access, out Frame frame);
        Ensure.That(outcome == FaultOutcome.Resumed, "a span is required before it is used");
        return frame;
    }

    private static ErrorCode Denial(AddressSpace<MachineMemory> space, VirtualAddress address) =>
        space.TryFind(address, out Region? region) && region.Rights != PageRights.None
            ? ErrorCode.NotPermitted
            : ErrorCode.BadPointer;
}
