namespace MemOS.Instructions.Registers;

/// <summary>What an XMM register holds.</summary>
/// <param name="Low">Bits 63 to 0.</param>
/// <param name="High">Bits 127 to 64.</param>
public readonly record struct VectorRegister(ulong Low, ulong High);
