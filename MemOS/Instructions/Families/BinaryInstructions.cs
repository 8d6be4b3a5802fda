using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>Sums, differences and logic of two operands.</summary>
internal static class BinaryInstructions
{
    internal static bool TryPerform(ref Execution execution)
    {
        Mnemonic mnemonic = execution.Instruction.Mnemonic;
        bool isStored = mnemonic is not (Mnemonic.Cmp or Mnemonic.Test);
        OperandSize size = execution.SizeOf(0);
        Access access = isStored && execution.IsMemory(0)
            ? Access.Read | Access.Write
            : Access.Read;
        if (!execution.TryOpen(access)
            || !execution.TryRead(0, out ulong left)
            || !execution.TryRead(1, out ulong right))
        {
            return false;
        }
        StatusFlags flags = execution.Registers.Flags;
        ulong result = mnemonic switch
        {
            Mnemonic.Add => Arithmetic.Add(left, right, 0, size, ref flags),
            Mnemonic.Adc => Arithmetic.Add(left, right, flags.Carry ? 1u : 0, size, ref flags),
            Mnemonic.Sbb => Arithmetic.Subtract(left, right, flags.Carry ? 1u : 0, size, ref flags),
            Mnemonic.And or Mnemonic.Test => Arithmetic.Logic(left & right, size, ref flags),
            Mnemonic.Or => Arithmetic.Logic(left | right, size, ref flags),
            Mnemonic.Xor => Arithmetic.Logic(left ^ right, size, ref flags),
            _ => Arithmetic.Subtract(left, right, 0, size, ref flags),
        };
        execution.Registers.Flags = flags;
        return !isStored || execution.TryWrite(0, result);
    }
}
