using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Instructions.Accesses;

/// <summary>One load from served memory, or one store to it.</summary>
/// <param name="Kind">Read or write.</param>
/// <param name="Address">Its first byte; need not be aligned.</param>
/// <param name="Size">1, 2, 4 or 8 bytes.</param>
/// <param name="Value">What is stored, or what was loaded.</param>
public readonly record struct MemoryAccess(
    Access Kind, VirtualAddress Address, OperandSize Size, ulong Value);
