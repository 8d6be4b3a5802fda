using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Processes;

namespace MemOS.Programs;

/// <summary>
/// Fills a new process's memory: its program's image, stack and arguments, each at a random place
/// of its own.
/// </summary>
internal static class ProgramLoader
{
    private const ulong StackBytes = 1 << 20;

    // What the runtime of a C# program allocates before its Main, and a little more: some twenty
    // pieces, each at a place of its own, so with page tables of its own.
    private const ulong StartBytes = 3 << 19;

    // Divides a page.
    private const int ChunkBytes = 1024;

    /// <summary>Fills an empty address space.</summary>
    /// <returns>False if there is no memory; then the space is only good to be released.</returns>
    internal static bool TryLoad(
        ProgramImage image, AddressSpace<MachineMemory> space, in ProgramArguments arguments,
        out ProgramStart start)
    {
        start = default;
        if (space.PlaceImage(image.Pages, out PageRange place) != VmStatus.Done
            || !TryMapSegments(image, space, place.First)
            || space.AllocateGuarded(
                PageCount.ForBytes(StackBytes), RegionKind.Stack, out PageRange stack)
                != VmStatus.Done
            || !TryPassArguments(space, arguments, out VirtualAddress passed)
            || space.KeepAhead(PageCount.ForBytes(StartBytes)) != VmStatus.Done)
            return false;
        start = new ProgramStart(
            new ImagePlace(place), place.First.Start + image.Entry,
            stack.First.Start + stack.Count.Bytes, passed);
        return true;
    }

    private static bool TryMapSegments(
        ProgramImage image, AddressSpace<MachineMemory> space, Page first)
    {
        foreach (ProgramSegment segment in image.Segments)
        {
            if (Map(segment, space, first) != VmStatus.Done)
                return false;
        }
        return true;
    }

    private static VmStatus Map(
        ProgramSegment segment, AddressSpace<MachineMemory> space, Page first)
    {
        PageRange range = PageRange.Of(first + segment.Offset.Value, segment.Count);
        if (segment.Rights.CanWrite)
        {
            return space.AllocateAt(
                range, segment.Rights, RegionKind.Data, new ImageCopy(segment, first));
        }
        RegionKind kind = segment.Rights.CanExecute ? RegionKind.Code : RegionKind.Constants;
        return space.MapShared(range, segment.Frames, segment.Rights, kind);
    }

    private static bool TryPassArguments(
        AddressSpace<MachineMemory> space, in ProgramArguments arguments,
        out VirtualAddress passed)
    {
        PageCount count = PageCount.ForBytes(Math.Max(arguments.Length, 1));
        VmStatus status = space.Allocate(
            count, PageRights.Read, ZeroFirst.Yes, RegionKind.Arguments, out PageRange range);
        passed = status == VmStatus.Done ? range.First.Start : default;
        // The program may only read them; the kernel's own view of the frames is not its.
        return status == VmStatus.Done && TryFill(space, passed, arguments);
    }

    // From the start of a page on.
    [SkipLocalsInit]
    private static bool TryFill(
        AddressSpace<MachineMemory> space, VirtualAddress to, in ProgramArguments content)
    {
        Span<byte> chunk = stackalloc byte[ChunkBytes];
        for (ulong done = 0; done < content.Length; done += ChunkBytes)
        {
            Span<byte> part = chunk[..(int)Math.Min(content.Length - done, ChunkBytes)];
            VirtualAddress at = to + done;
            if (space.Reach(at, Access.Read, out Frame frame) != FaultOutcome.Resumed)
                return false;
            content.CopyTo(done, part);
            default(MachineMemory).CopyIn(frame, at.OffsetInPage, part);
        }
        return true;
    }
}
