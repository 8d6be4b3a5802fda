using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Instructions.Accesses;

/// <summary>
/// The accesses of an instruction, one after another: answered from what is noted, done in the
/// program's memory, or wanted. A method that returns false has said in
/// <see cref="Outcome"/> why the instruction stops here.
/// </summary>
internal ref struct AccessSequence
{
    private readonly IProgramMemory _memory;
    private readonly ref readonly ServedInstruction _noted;
    private int _loads;
    private int _stores;
    private bool _hasFault;

    internal AccessSequence(IProgramMemory memory, ref readonly ServedInstruction noted)
    {
        _memory = memory;
        _noted = ref noted;
    }

    /// <summary>Why the instruction stopped.</summary>
    internal PerformOutcome Outcome { get; private set; }

    /// <summary>The access that it wants, if that is why.</summary>
    internal MemoryAccess Wanted { get; private set; }

    /// <summary>Finds out about an operand; all of them come before any access.</summary>
    /// <param name="address">The first byte, as the instruction computes it.</param>
    /// <param name="size">How much.</param>
    /// <param name="access">What will be done: read, write or both.</param>
    /// <param name="operand">The operand.</param>
    internal bool TryOpen(
        ulong address, OperandSize size, Access access, out OperandPlace operand)
    {
        operand = default;
        if (size == OperandSize.None
            || !VirtualAddress.TryCreate(address, out VirtualAddress start)
            || !start.TryAdd((ulong)size - 1, out VirtualAddress last))
        {
            return Stop(PerformOutcome.Unknown);
        }
        operand = new OperandPlace(start, size, _memory.ServiceOf(start, (int)size));
        _hasFault |= _noted.Fault >= start && _noted.Fault <= last;
        if (operand.Service == MemoryService.Ordinary && (access & Access.Write) != 0)
            return _memory.TryPrepareWrite(start, size) || Stop(PerformOutcome.Refused);
        return operand.Service != MemoryService.Mixed || Stop(PerformOutcome.Unknown);
    }

    /// <summary>Loads an operand of at most 8 bytes.</summary>
    internal bool TryLoad(in OperandPlace operand, out ulong value)
    {
        value = 0;
        if (!_hasFault)
            return Stop(PerformOutcome.Unknown);
        if (operand.Service == MemoryService.Ordinary)
        {
            return _memory.TryRead(operand.Start, operand.Size, out value)
                || Stop(PerformOutcome.Refused);
        }
        MemoryAccess access = new(Access.Read, operand.Start, operand.Size, 0);
        if (!_noted.TryGetLoad(_loads++, out MemoryAccess done))
            return Want(access);
        value = done.Value;
        return IsSamePlace(access, done) || Stop(PerformOutcome.Unknown);
    }

    /// <summary>Stores an operand of at most 8 bytes.</summary>
    internal bool TryStore(in OperandPlace operand, ulong value)
    {
        value = operand.Size.Truncate(value);
        if (!_hasFault)
            return Stop(PerformOutcome.Unknown);
        if (operand.Service == MemoryService.Ordinary)
        {
            return _memory.TryWrite(operand.Start, operand.Size, value)
                || Stop(PerformOutcome.Refused);
        }
        MemoryAccess access = new(Access.Write, operand.Start, operand.Size, value);
        if (!_noted.TryGetStore(_stores++, out MemoryAccess done))
            return Want(access);
        return IsSamePlace(access, done) || Stop(PerformOutcome.Unknown);
    }

    /// <summary>Says that the instruction can't be performed.</summary>
    internal bool Stop(PerformOutcome outcome)
    {
        Outcome = outcome;
        return false;
    }

    private bool Want(MemoryAccess access)
    {
        Wanted = access;
        return Stop(PerformOutcome.Wants);
    }

    // The program's mappings may have changed while it waited.
    private static bool IsSamePlace(MemoryAccess access, MemoryAccess done) =>
        access.Address == done.Address && access.Size == done.Size;
}
