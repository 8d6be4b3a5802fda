using System;
using System.Buffers.Binary;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// The memory of a program whose instruction is performed by the kernel. One for all, as only one
/// is performed at a time.
/// </summary>
internal sealed class ServedMemory : IProgramMemory
{
    private AddressSpace<MachineMemory>? _space;
    private WorkBudget _budget;

    /// <summary>What of ordinary memory could not be used, after a refusal.</summary>
    internal PageFault Fault { get; private set; }

    /// <summary>Why not.</summary>
    internal FaultOutcome Outcome { get; private set; }

    /// <summary>From here on it is about another process.</summary>
    internal void Enter(Process process)
    {
        _space = process.LiveSpace;
        _budget = WorkBudget.Piece;
    }

    /// <summary>Forgets the process, which may end.</summary>
    internal void Leave() => _space = null;

    /// <summary>Reads the code at an address, as far as it can be executed.</summary>
    /// <returns>How many bytes there are.</returns>
    internal int Fetch(VirtualAddress start, Span<byte> code)
    {
        int done = 0;
        while (done < code.Length
            && start.TryAdd((ulong)done, out VirtualAddress from)
            && _space!.Reach(from, Access.Execute, out Frame frame) == FaultOutcome.Resumed)
        {
            int length = Math.Min(code.Length - done, InPage(from));
            default(MachineMemory).CopyOut(frame, from.OffsetInPage, code.Slice(done, length));
            done += length;
        }
        return done;
    }

    /// <summary>The mapping whose accesses are served that an address lies in, if any.</summary>
    internal bool TryFindServed(VirtualAddress address, out SegmentRegion<MachineMemory> mapping)
    {
        _space!.TryFind(address, out Region? region);
        mapping = (region as SegmentRegion<MachineMemory>)!;
        return mapping?.Segment
            is BackedSegment<MachineMemory> { Service: BackedService.Accesses };
    }

    /// <inheritdoc/>
    public MemoryService ServiceOf(VirtualAddress start, int bytes)
    {
        bool isServed = TryFindServed(start, out SegmentRegion<MachineMemory> mapping);
        bool ends = TryFindServed(
            start + (ulong)(bytes - 1), out SegmentRegion<MachineMemory> last);
        if (!isServed && !ends)
            return MemoryService.Ordinary;
        return isServed && mapping == last ? MemoryService.Served : MemoryService.Mixed;
    }

    /// <inheritdoc/>
    public bool TryPrepareWrite(VirtualAddress start, OperandSize size) =>
        CanReach(start, Access.Write) && CanReach(start + ((ulong)size - 1), Access.Write);

    /// <inheritdoc/>
    public bool TryRead(VirtualAddress start, OperandSize size, out ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        int length = (int)size;
        int first = Math.Min(length, InPage(start));
        bool isRead = TryCopyOut(start, bytes[..first])
            && TryCopyOut(start + (ulong)first, bytes[first..length]);
        value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        return isRead;
    }

    /// <inheritdoc/>
    public bool TryWrite(VirtualAddress start, OperandSize size, ulong value)
    {
        if (!TryPrepareWrite(start, size))
            return false;
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        int length = (int)size;
        int first = Math.Min(length, InPage(start));
        return TryCopyIn(start, bytes[..first])
            && TryCopyIn(start + (ulong)first, bytes[first..length]);
    }

    private bool TryCopyOut(VirtualAddress from, Span<byte> to)
    {
        if (to.IsEmpty)
            return true;
        if (!TryReach(from, Access.Read, out Frame frame))
            return false;
        default(MachineMemory).CopyOut(frame, from.OffsetInPage, to);
        return true;
    }

    private bool TryCopyIn(VirtualAddress to, ReadOnlySpan<byte> from)
    {
        if (from.IsEmpty)
            return true;
        if (!TryReach(to, Access.Write, out Frame frame))
            return false;
        default(MachineMemory).CopyIn(frame, to.OffsetInPage, from);
        return true;
    }

    private bool CanReach(VirtualAddress address, Access access) =>
        TryReach(address, access, out _);

    private bool TryReach(VirtualAddress address, Access access, out Frame frame)
    {
        Fault = new PageFault(address, access);
        Outcome = _space!.Reach(address, access, out frame, ref _budget);
        return Outcome == FaultOutcome.Resumed;
    }

    private static int InPage(VirtualAddress from) => PageSizes.SmallBytes - from.OffsetInPage;
}
