using System;
using MemOS.Abi;
using MemOS.Devices;
using MemOS.Images;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Processes;

namespace MemOS.Programs;

/// <summary>
/// Makes a program's file into memory: its image, stack and arguments, each at a random place of
/// its own.
/// </summary>
internal static class ProgramLoader
{
    private const ulong StackBytes = 1 << 20;

    /// <summary>Fills an empty address space.</summary>
    /// <returns>None, BadProgram or NoMemory; then the space is only good to be released.</returns>
    internal static ErrorCode Load(
        KernelMemory memory, Program program, AddressSpace<MachineMemory> space,
        ReadOnlySpan<byte> arguments, out ProgramStart start)
    {
        start = default;
        ImageStatus status = ElfImage.TryParse(program.File, out ElfImage image);
        if (status != ImageStatus.Good)
        {
            Log.Warn($"{program.Name}: {ImageStatusText.Of(status)}");
            return ErrorCode.BadProgram;
        }
        if (space.PlaceImage(image.Pages, out PageRange place) != VmStatus.Done
            || !TryMapSegments(memory, program, image, space, place)
            || !TryRelocate(image, space, place.First.Start)
            || space.AllocateGuarded(
                PageCount.ForBytes(StackBytes), RegionKind.Stack, out PageRange stack)
                != VmStatus.Done
            || !TryPassArguments(space, arguments, out VirtualAddress passed))
            return ErrorCode.NoMemory;
        start = new ProgramStart(
            new ImagePlace(place), place.First.Start + image.Entry,
            stack.First.Start + stack.Count.Bytes, passed);
        return ErrorCode.None;
    }

    private static bool TryMapSegments(
        KernelMemory memory, Program program, in ElfImage image,
        AddressSpace<MachineMemory> space, PageRange place)
    {
        for (int i = 0; i < image.SegmentCount; i++)
        {
            ElfSegment segment = image.Segment(i);
            PageRange range = PageRange.Of(place.First + segment.Offset.Value, segment.Pages);
            bool isMapped = segment.Rights.CanWrite
                ? TryMapData(image, segment, space, range)
                : TryMapShared(memory, program, image, i, space, range);
            if (!isMapped)
                return false;
        }
        return true;
    }

    private static bool TryMapShared(
        KernelMemory memory, Program program, in ElfImage image, int index,
        AddressSpace<MachineMemory> space, PageRange range)
    {
        PageRights rights = image.Segment(index).Rights;
        RegionKind kind = rights.CanExecute ? RegionKind.Code : RegionKind.Constants;
        Frame[]? frames = SharedSegments.Get(memory, program, index, image);
        return frames is not null
            && space.MapShared(range, frames, rights, kind) == VmStatus.Done;
    }

    private static bool TryMapData(
        in ElfImage image, in ElfSegment segment, AddressSpace<MachineMemory> space,
        PageRange range)
    {
        if (space.AllocateAt(range, segment.Rights, RegionKind.Data) != VmStatus.Done)
            return false;
        ReadOnlySpan<byte> content = image.Content(segment);
        VirtualAddress at = range.First.Start + (ulong)segment.OffsetInPage;
        return TryFill(space, at, content, Access.Write);
    }

    // Relocations come in the order of addresses, many to a page.
    private static bool TryRelocate(
        in ElfImage image, AddressSpace<MachineMemory> space, VirtualAddress origin)
    {
        Span<byte> word = stackalloc byte[sizeof(ulong)];
        Page page = default;
        Frame frame = default;
        foreach (Relocation relocation in image.Relocations)
        {
            VirtualAddress at = origin + relocation.Offset;
            BitConverter.TryWriteBytes(word, origin.Value + relocation.Addend);
            if (at.OffsetInPage > PageSizes.SmallBytes - word.Length)
            {
                if (!TryFill(space, at, word, Access.Write))
                    return false;
                continue;
            }
            if (at.Page != page
                && space.Reach(at, Access.Write, out frame) != FaultOutcome.Resumed)
                return false;
            page = at.Page;
            default(MachineMemory).CopyIn(frame, at.OffsetInPage, word);
        }
        return true;
    }

    private static bool TryPassArguments(
        AddressSpace<MachineMemory> space, ReadOnlySpan<byte> arguments,
        out VirtualAddress passed)
    {
        PageCount count = PageCount.ForBytes(Math.Max((ulong)arguments.Length, 1));
        VmStatus status = space.Allocate(
            count, PageRights.Read, ZeroFirst.Yes, RegionKind.Arguments, out PageRange range);
        passed = status == VmStatus.Done ? range.First.Start : default;
        // The program may only read them; the kernel's own view of the frames is not its.
        return status == VmStatus.Done && TryFill(space, passed, arguments, Access.Read);
    }

    private static bool TryFill(
        AddressSpace<MachineMemory> space, VirtualAddress to, ReadOnlySpan<byte> content,
        Access access)
    {
        while (!content.IsEmpty)
        {
            int length = Math.Min(content.Length, PageSizes.SmallBytes - to.OffsetInPage);
            if (space.Reach(to, access, out Frame frame) != FaultOutcome.Resumed)
                return false;
            default(MachineMemory).CopyIn(frame, to.OffsetInPage, content[..length]);
            content = content[length..];
            to += (ulong)length;
        }
        return true;
    }
}
