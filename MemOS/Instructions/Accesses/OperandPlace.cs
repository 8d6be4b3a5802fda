using MemOS.Memory.Addresses;

namespace MemOS.Instructions.Accesses;

/// <summary>Memory that an instruction reads or writes, found out before it does either.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Size">How much.</param>
/// <param name="Service">Who answers for it: not mixed.</param>
internal readonly record struct OperandPlace(
    VirtualAddress Start, OperandSize Size, MemoryService Service);
