using Iced.Intel;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>BT, BTS, BTR and BTC.</summary>
internal static class BitInstructions
{
    internal static bool TryPerform(ref Execution execution)
    {
        Mnemonic mnemonic = execution.Instruction.Mnemonic;
        OperandSize size = execution.SizeOf(0);
        if (!execution.TryRead(1, out ulong number))
            return false;

        // A number in a register reaches beyond the operand, either way.
        long distance = execution.Instruction.GetOpKind(1) == OpKind.Register
            ? FloorToOperand((long)size.SignExtend(number), size)
            : 0;
        Access access = mnemonic == Mnemonic.Bt ? Access.Read : Access.Read | Access.Write;
        if (!execution.TryOpen(access, distance) || !execution.TryRead(0, out ulong value))
            return false;

        ulong bit = 1UL << (int)(number & (ulong)(size.Bits() - 1));
        execution.Registers.Flags = execution.Registers.Flags with { Carry = (value & bit) != 0 };
        return mnemonic switch
        {
            Mnemonic.Bts => execution.TryWrite(0, value | bit),
            Mnemonic.Btr => execution.TryWrite(0, value & ~bit),
            Mnemonic.Btc => execution.TryWrite(0, value ^ bit),
            _ => true,
        };
    }

    // Bytes from the operand at the address to the one that has the bit.
    private static long FloorToOperand(long number, OperandSize size) =>
        (number & -size.Bits()) / 8;
}
