using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Processes;

namespace MemOS.Syscalls;

/// <summary>
/// The kernel's way to a program's memory: by the program's own page tables and regions, never
/// through its pointers (architecture decision D10).
/// </summary>
internal static class UserMemory
{
    /// <summary>
    /// Not an error: the memory is waited for, and the call will start over. No program sees it.
    /// </summary>
    internal const ErrorCode IsAwaited = (ErrorCode)byte.MaxValue;

    /// <summary>
    /// Sees to it that all of a span is there and may be used so. After that, and until the call
    /// is over, reading and writing it cannot fail.
    /// </summary>
    /// <param name="thread">The running thread, which has changed nothing so far.</param>
    /// <param name="span">The memory.</param>
    /// <param name="access">What is to be done with it.</param>
    /// <returns>None, BadPointer, NotPermitted, NoMemory or IsAwaited.</returns>
    internal static ErrorCode Require(Thread thread, UserSpan span, Access access)
    {
        AddressSpace<MachineMemory> space = thread.Process.LiveSpace;
        WorkBudget budget = WorkBudget.Piece;
        while (span.Bytes != 0)
        {
            FaultOutcome outcome = space.Reach(span.Start, access, out _, ref budget);
            if (outcome == FaultOutcome.OutOfMemory)
                return ErrorCode.NoMemory;
            if (outcome == FaultOutcome.Parked)
                return SyscallCall.AwaitPage(thread, new PageFault(span.Start, access));
            if (outcome == FaultOutcome.Unfinished)
                return SyscallCall.AwaitNextPiece(thread);
            if (outcome != FaultOutcome.Resumed)
                return Denial(space, span.Start);
            ulong inPage = (ulong)(PageSizes.SmallBytes - span.Start.OffsetInPage);
            span = span.Skip(Math.Min(inPage, span.Bytes));
        }
        return ErrorCode.None;
    }

    /// <summary>Finds memory that lies in one page and may be read.</summary>
    /// <param name="process">The running program.</param>
    /// <param name="address">Any number.</param>
    /// <param name="bytes">How much; not more than a page.</param>
    /// <returns>
    /// Where it is, through the direct map. Null if it lies in two pages or cannot be read: then
    /// <see cref="Require"/> tells why.
    /// </returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe byte* ReachWithinPage(Process process, ulong address, int bytes)
    {
        if (address % PageSizes.SmallBytes > (ulong)(PageSizes.SmallBytes - bytes))
            return null;
        byte* kept = KeptTranslations.Find(address);
        return kept != null ? kept : Translate(process.LiveSpace, address);
    }

    /// <summary>Finds a page that may be read.</summary>
    /// <param name="process">The running program.</param>
    /// <param name="address">Any number; false unless a page begins there.</param>
    /// <param name="frame">Its frame, or the part of a large page's that it is.</param>
    internal static unsafe bool TryReachPage(Process process, ulong address, out Frame frame)
    {
        byte* start = ReachWithinPage(process, address, PageSizes.SmallBytes);
        frame = start == null ? default : PhysicalMap.FrameAt(start);
        return start != null;
    }

    private static unsafe byte* Translate(AddressSpace<MachineMemory> space, ulong address)
    {
        WorkBudget budget = WorkBudget.Piece;
        if (!VirtualAddress.TryCreate(address, out VirtualAddress at)
            || space.Reach(at, Access.Read, out Frame frame, ref budget) != FaultOutcome.Resumed)
            return null;
        KeptTranslations.Keep(at.Page, frame);
        return KeptTranslations.Find(address);
    }

    /// <summary>Copies from a span that was required for reading.</summary>
    /// <param name="space">The program's memory.</param>
    /// <param name="from">As long as the target.</param>
    /// <param name="to">Where the bytes go.</param>
    internal static void Read(AddressSpace<MachineMemory> space, UserSpan from, Span<byte> to)
    {
        while (!to.IsEmpty)
        {
            Frame frame = FrameAt(space, from.Start, Access.Read);
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
            Frame frame = FrameAt(space, to.Start, Access.Write);
            int offset = to.Start.OffsetInPage;
            int length = Math.Min(from.Length, PageSizes.SmallBytes - offset);
            default(MachineMemory).CopyIn(frame, offset, from[..length]);
            from = from[length..];
            to = to.Skip((ulong)length);
        }
    }

    private static Frame FrameAt(
        AddressSpace<MachineMemory> space, VirtualAddress address, Access access)
    {
        FaultOutcome outcome = space.Reach(address, access, out Frame frame);
        Ensure.That(outcome == FaultOutcome.Resumed, "a span is required before it is used");
        return frame;
    }

    private static ErrorCode Denial(AddressSpace<MachineMemory> space, VirtualAddress address) =>
        space.TryFind(address, out Region? region) && region.Rights != PageRights.None
            ? ErrorCode.NotPermitted
            : ErrorCode.BadPointer;
}
