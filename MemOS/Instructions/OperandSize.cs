namespace MemOS.Instructions;

/// <summary>How many bytes an operand has.</summary>
public enum OperandSize
{
    /// <summary>It is none that can be loaded or stored here.</summary>
    None = 0,

    /// <summary>8 bits.</summary>
    Byte = 1,

    /// <summary>16 bits.</summary>
    Word = 2,

    /// <summary>32 bits.</summary>
    Double = 4,

    /// <summary>64 bits.</summary>
    Quad = 8,

    /// <summary>128 bits: two of 64, the low one first.</summary>
    Vector = 16,
}
