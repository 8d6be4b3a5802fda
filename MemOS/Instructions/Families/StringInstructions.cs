using Iced.Intel;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>
/// MOVS, STOS, LODS, CMPS and SCAS. With a REP prefix one iteration is performed, and the
/// instruction pointer moves on only after the last.
/// </summary>
internal static class StringInstructions
{
    internal static bool TryPerform(ref Execution execution)
    {
        StringRegisters names = StringRegisters.Of(in execution.Instruction);
        if (IsRepeated(in execution.Instruction)
            && names.Counter.Read(in execution.Registers) == 0)
        {
            return true;
        }
        if (!TryPerformOnce(ref execution, names, out bool isComparison))
            return false;
        if (IsRepeated(in execution.Instruction))
            Repeat(ref execution, names.Counter, isComparison);
        return true;
    }

    private static bool TryPerformOnce(
        ref Execution execution, StringRegisters names, out bool isComparison)
    {
        OperandSize size = execution.Instruction.MemorySize.Bytes();
        Register accumulator = size.Accumulator();
        ulong held = accumulator.Read(in execution.Registers);
        isComparison = false;
        switch (execution.Instruction.Mnemonic)
        {
            case Mnemonic.Movsb or Mnemonic.Movsw or Mnemonic.Movsd or Mnemonic.Movsq:
                return TryOpenSource(ref execution, names, size, out OperandPlace from)
                    && TryOpenTarget(ref execution, names, size, Access.Write, out OperandPlace to)
                    && execution.Accesses.TryLoad(in from, out ulong moved)
                    && execution.Accesses.TryStore(in to, moved);
            case Mnemonic.Stosb or Mnemonic.Stosw or Mnemonic.Stosd or Mnemonic.Stosq:
                return TryOpenTarget(ref execution, names, size, Access.Write, out to)
                    && execution.Accesses.TryStore(in to, held);
            case Mnemonic.Lodsb or Mnemonic.Lodsw or Mnemonic.Lodsd or Mnemonic.Lodsq:
                if (!TryOpenSource(ref execution, names, size, out from)
                    || !execution.Accesses.TryLoad(in from, out ulong loaded))
                {
                    return false;
                }
                accumulator.Write(ref execution.Registers, loaded);
                return true;
            case Mnemonic.Cmpsb or Mnemonic.Cmpsw or Mnemonic.Cmpsd or Mnemonic.Cmpsq:
                isComparison = true;
                return TryOpenSource(ref execution, names, size, out from)
                    && TryOpenTarget(ref execution, names, size, Access.Read, out to)
                    && execution.Accesses.TryLoad(in from, out ulong left)
                    && TryCompare(ref execution, left, in to);
            case Mnemonic.Scasb or Mnemonic.Scasw or Mnemonic.Scasd or Mnemonic.Scasq:
                isComparison = true;
                return TryOpenTarget(ref execution, names, size, Access.Read, out to)
                    && TryCompare(ref execution, held, in to);
            default:
                return execution.Accesses.Stop(PerformOutcome.Unknown);
        }
    }

    private static bool TryOpenSource(
        ref Execution execution, StringRegisters names, OperandSize size,
        out OperandPlace operand)
    {
        ulong address = names.Source.Read(in execution.Registers)
            + EffectiveAddress.SegmentBase(in execution.Instruction, in execution.Registers);
        Advance(ref execution, names.Source, size);
        return execution.Accesses.TryOpen(address, size, Access.Read, out operand);
    }

    // ES, which no prefix replaces, has no base.
    private static bool TryOpenTarget(
        ref Execution execution, StringRegisters names, OperandSize size, Access access,
        out OperandPlace operand)
    {
        ulong address = names.Target.Read(in execution.Registers);
        Advance(ref execution, names.Target, size);
        return execution.Accesses.TryOpen(address, size, access, out operand);
    }

    private static void Advance(ref Execution execution, Register pointer, OperandSize size)
    {
        ulong place = pointer.Read(in execution.Registers);
        ulong bytes = (ulong)size;
        ulong next = execution.Registers.Flags.Direction ? place - bytes : place + bytes;
        pointer.Write(ref execution.Registers, next);
    }

    private static bool TryCompare(ref Execution execution, ulong left, in OperandPlace operand)
    {
        if (!execution.Accesses.TryLoad(in operand, out ulong right))
            return false;
        StatusFlags flags = execution.Registers.Flags;
        Arithmetic.Subtract(left, right, 0, operand.Size, ref flags);
        execution.Registers.Flags = flags;
        return true;
    }

    private static void Repeat(ref Execution execution, Register counter, bool isComparison)
    {
        ulong left = counter.Read(in execution.Registers) - 1;
        counter.Write(ref execution.Registers, left);
        bool isWhileEqual = !execution.Instruction.HasRepnePrefix;
        if (left != 0 && (!isComparison || execution.Registers.Flags.Zero == isWhileEqual))
            execution.Registers.InstructionPointer = execution.Instruction.IP;
    }

    private static bool IsRepeated(in Instruction instruction) =>
        instruction.HasRepePrefix || instruction.HasRepnePrefix;
}
