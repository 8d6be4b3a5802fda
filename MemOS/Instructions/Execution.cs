using Iced.Intel;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions;

/// <summary>
/// An instruction while it is performed, with its operands by their numbers. The memory operand has
/// to be opened before it is read or written. What returns false has stopped the instruction.
/// </summary>
internal ref struct Execution
{
    /// <summary>The instruction.</summary>
    internal readonly ref readonly Instruction Instruction;

    /// <summary>The registers; may be changed at any time, as only the end counts.</summary>
    internal readonly ref RegisterFile Registers;

    /// <summary>The instruction's accesses to memory.</summary>
    internal AccessSequence Accesses;

    private OperandPlace _memory;

    internal Execution(
        ref readonly Instruction instruction,
        ref RegisterFile registers,
        IProgramMemory memory,
        ref readonly ServedInstruction noted)
    {
        Instruction = ref instruction;
        Registers = ref registers;
        Accesses = new AccessSequence(memory, in noted);
    }

    /// <summary>The size of an operand; none if it is nothing to load or store here.</summary>
    internal readonly OperandSize SizeOf(int operand) =>
        Instruction.GetOpKind(operand) switch
        {
            OpKind.Register => Instruction.GetOpRegister(operand).Size(),
            OpKind.Memory => Instruction.MemorySize.Bytes(),
            _ => OperandSize.None,
        };

    /// <summary>Whether an operand is the one in memory.</summary>
    internal readonly bool IsMemory(int operand) =>
        operand < Instruction.OpCount && Instruction.GetOpKind(operand) == OpKind.Memory;

    /// <summary>Finds out about the memory operand.</summary>
    internal bool TryOpen(Access access) => TryOpen(access, 0);

    /// <summary>The same, where the instruction means bytes that lie some way off.</summary>
    internal bool TryOpen(Access access, long distance) =>
        Accesses.TryOpen(
            EffectiveAddress.Of(in Instruction, in Registers) + (ulong)distance,
            Instruction.MemorySize.Bytes(),
            access,
            out _memory);

    /// <summary>The value of an operand of at most 8 bytes; immediates sign-extended.</summary>
    internal bool TryRead(int operand, out ulong value)
    {
        value = 0;
        switch (Instruction.GetOpKind(operand))
        {
            case OpKind.Memory:
                return Accesses.TryLoad(in _memory, out value);
            case OpKind.Register:
                value = Instruction.GetOpRegister(operand).Read(in Registers);
                return true;
            default:
                value = Instruction.GetImmediate(operand);
                return true;
        }
    }

    /// <summary>Gives an operand of at most 8 bytes another value.</summary>
    internal bool TryWrite(int operand, ulong value)
    {
        if (Instruction.GetOpKind(operand) == OpKind.Memory)
            return Accesses.TryStore(in _memory, value);
        Instruction.GetOpRegister(operand).Write(ref Registers, value);
        return true;
    }

    /// <summary>Loads the memory operand of 16 bytes.</summary>
    internal bool TryLoadVector(out VectorRegister value)
    {
        value = default;
        if (!Accesses.TryLoad(Half(0), out ulong low)
            || !Accesses.TryLoad(Half(1), out ulong high))
        {
            return false;
        }
        value = new VectorRegister(low, high);
        return true;
    }

    /// <summary>Stores the memory operand of 16 bytes.</summary>
    internal bool TryStoreVector(VectorRegister value) =>
        Accesses.TryStore(Half(0), value.Low) && Accesses.TryStore(Half(1), value.High);

    private readonly OperandPlace Half(int number) =>
        new(_memory.Start + (ulong)(number * (int)OperandSize.Quad), OperandSize.Quad,
            _memory.Service);
}
