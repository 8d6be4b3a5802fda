using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>INC, DEC, NEG and NOT.</summary>
internal static class UnaryInstructions
{
    internal static bool TryPerform(ref Execution execution)
    {
        OperandSize size = execution.SizeOf(0);
        if (!execution.TryOpen(Access.Read | Access.Write)
            || !execution.TryRead(0, out ulong value))
        {
            return false;
        }
        StatusFlags flags = execution.Registers.Flags;
        bool carry = flags.Carry;
        switch (execution.Instruction.Mnemonic)
        {
            case Mnemonic.Inc:
                value = Arithmetic.Add(value, 1, 0, size, ref flags);
                flags = flags with { Carry = carry };
                break;
            case Mnemonic.Dec:
                value = Arithmetic.Subtract(value, 1, 0, size, ref flags);
                flags = flags with { Carry = carry };
                break;
            case Mnemonic.Neg:
                value = Arithmetic.Subtract(0, value, 0, size, ref flags);
                break;
            default:
                value = ~value;
                break;
        }
        execution.Registers.Flags = flags;
        return execution.TryWrite(0, value);
    }
}
