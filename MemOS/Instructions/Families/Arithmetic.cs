using MemOS.Instructions.Registers;

namespace MemOS.Instructions.Families;

/// <summary>Results with the flags that they set.</summary>
internal static class Arithmetic
{
    private const ulong AdjustBit = 0x10;

    /// <summary>A sum; sets all flags.</summary>
    internal static ulong Add(
        ulong left, ulong right, uint carry, OperandSize size, ref StatusFlags flags)
    {
        left = size.Truncate(left);
        right = size.Truncate(right);
        ulong sum = size.Truncate(unchecked(left + right + carry));
        flags = flags.Of(sum, size) with
        {
            Carry = sum < left || (carry != 0 && sum == left),
            Adjust = ((left ^ right ^ sum) & AdjustBit) != 0,
            Overflow = size.IsNegative(~(left ^ right) & (left ^ sum)),
        };
        return sum;
    }

    /// <summary>A difference; sets all flags.</summary>
    internal static ulong Subtract(
        ulong left, ulong right, uint borrow, OperandSize size, ref StatusFlags flags)
    {
        left = size.Truncate(left);
        right = size.Truncate(right);
        ulong difference = size.Truncate(unchecked(left - right - borrow));
        flags = flags.Of(difference, size) with
        {
            Carry = left < right || (borrow != 0 && left == right),
            Adjust = ((left ^ right ^ difference) & AdjustBit) != 0,
            Overflow = size.IsNegative((left ^ right) & (left ^ difference)),
        };
        return difference;
    }

    /// <summary>The result of logic; clears CF and OF, and AF as processors do.</summary>
    internal static ulong Logic(ulong result, OperandSize size, ref StatusFlags flags)
    {
        flags = flags.Of(result, size) with { Carry = false, Adjust = false, Overflow = false };
        return size.Truncate(result);
    }
}
