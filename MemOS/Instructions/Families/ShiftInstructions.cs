using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>Shifts and rotations, bit by bit as the manual defines them.</summary>
internal static class ShiftInstructions
{
    private const ulong QuadCount = 63;
    private const ulong OtherCount = 31;

    internal static bool TryPerform(ref Execution execution)
    {
        OperandSize size = execution.SizeOf(0);
        if (!execution.TryOpen(Access.Read | Access.Write)
            || !execution.TryRead(0, out ulong value)
            || !execution.TryRead(1, out ulong count))
        {
            return false;
        }
        count &= size == OperandSize.Quad ? QuadCount : OtherCount;
        // Nothing moves and no flag changes, but memory is written all the same.
        if (count == 0)
            return execution.TryWrite(0, value);

        Mnemonic mnemonic = execution.Instruction.Mnemonic;
        bool carry = execution.Registers.Flags.Carry;
        bool wasNegative = size.IsNegative(value);
        for (ulong i = 0; i < count; i++)
            value = Step(mnemonic, value, size, ref carry);

        StatusFlags flags = execution.Registers.Flags;
        if (mnemonic is Mnemonic.Shl or Mnemonic.Sal or Mnemonic.Shr or Mnemonic.Sar)
            flags = flags.Of(value, size);
        execution.Registers.Flags = flags with
        {
            Carry = carry,
            Overflow = Overflows(mnemonic, value, size, carry, wasNegative),
        };
        return execution.TryWrite(0, value);
    }

    private static ulong Step(Mnemonic mnemonic, ulong value, OperandSize size, ref bool carry)
    {
        ulong high = size.SignBit();
        bool isLeft = mnemonic is Mnemonic.Shl or Mnemonic.Sal or Mnemonic.Rol or Mnemonic.Rcl;
        bool leaving = (value & (isLeft ? high : 1)) != 0;
        bool entering = mnemonic switch
        {
            Mnemonic.Rol or Mnemonic.Ror => leaving,
            Mnemonic.Rcl or Mnemonic.Rcr => carry,
            Mnemonic.Sar => (value & high) != 0,
            _ => false,
        };
        carry = leaving;
        return isLeft
            ? size.Truncate(value << 1) | (entering ? 1u : 0)
            : (value >> 1) | (entering ? high : 0);
    }

    // Defined for a count of 1 alone.
    private static bool Overflows(
        Mnemonic mnemonic, ulong value, OperandSize size, bool carry, bool wasNegative) =>
        mnemonic switch
        {
            Mnemonic.Sar => false,
            Mnemonic.Shr => wasNegative,
            Mnemonic.Ror or Mnemonic.Rcr =>
                size.IsNegative(value) != size.IsNegative(value << 1),
            _ => size.IsNegative(value) != carry,
        };
}
