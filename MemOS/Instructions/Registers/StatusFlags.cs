using System.Numerics;

namespace MemOS.Instructions.Registers;

/// <summary>
/// RFLAGS with the flags that instructions of programs read and change (Intel SDM 1, 3.4.3). Where
/// the manual leaves a flag undefined it keeps its value.
/// </summary>
/// <param name="Value">All 64 bits.</param>
public readonly record struct StatusFlags(ulong Value)
{
    private const ulong CarryBit = 1 << 0;
    private const ulong ParityBit = 1 << 2;
    private const ulong AdjustBit = 1 << 4;
    private const ulong ZeroBit = 1 << 6;
    private const ulong SignBit = 1 << 7;
    private const ulong DirectionBit = 1 << 10;
    private const ulong OverflowBit = 1 << 11;
    private const ulong ResumeBit = 1 << 16;

    /// <summary>CF.</summary>
    public bool Carry
    {
        get => (Value & CarryBit) != 0;
        init => Value = With(CarryBit, value);
    }

    /// <summary>PF.</summary>
    public bool Parity => (Value & ParityBit) != 0;

    /// <summary>AF.</summary>
    public bool Adjust
    {
        get => (Value & AdjustBit) != 0;
        init => Value = With(AdjustBit, value);
    }

    /// <summary>ZF.</summary>
    public bool Zero => (Value & ZeroBit) != 0;

    /// <summary>SF.</summary>
    public bool Sign => (Value & SignBit) != 0;

    /// <summary>DF: strings are gone through downwards.</summary>
    public bool Direction => (Value & DirectionBit) != 0;

    /// <summary>OF.</summary>
    public bool Overflow
    {
        get => (Value & OverflowBit) != 0;
        init => Value = With(OverflowBit, value);
    }

    /// <summary>The flags after an instruction that was completed: RF is clear.</summary>
    internal StatusFlags Completed => new(Value & ~ResumeBit);

    /// <summary>The flags with ZF, SF and PF as a result has them.</summary>
    internal StatusFlags Of(ulong result, OperandSize size)
    {
        ulong value = Value & ~(ZeroBit | SignBit | ParityBit);
        if (size.Truncate(result) == 0) value |= ZeroBit;
        if (size.IsNegative(result)) value |= SignBit;
        if (BitOperations.PopCount(result & 0xFF) % 2 == 0) value |= ParityBit;
        return new StatusFlags(value);
    }

    private ulong With(ulong bit, bool isSet) => isSet ? Value | bit : Value & ~bit;
}
