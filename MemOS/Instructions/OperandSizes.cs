namespace MemOS.Instructions;

/// <summary>Numbers of a size of at most 64 bits.</summary>
internal static class OperandSizes
{
    private const int QuadBits = 64;

    /// <summary>How many bits it has.</summary>
    internal static int Bits(this OperandSize size) => (int)size * 8;

    /// <summary>The number without the bits beyond the size.</summary>
    internal static ulong Truncate(this OperandSize size, ulong value)
    {
        int unused = QuadBits - size.Bits();
        return value << unused >> unused;
    }

    /// <summary>The number with its highest bit in all bits beyond the size.</summary>
    internal static ulong SignExtend(this OperandSize size, ulong value)
    {
        int unused = QuadBits - size.Bits();
        return (ulong)((long)(value << unused) >> unused);
    }

    /// <summary>The highest bit alone.</summary>
    internal static ulong SignBit(this OperandSize size) => 1UL << (size.Bits() - 1);

    /// <summary>Whether the highest bit is set.</summary>
    internal static bool IsNegative(this OperandSize size, ulong value) =>
        (value & size.SignBit()) != 0;
}
