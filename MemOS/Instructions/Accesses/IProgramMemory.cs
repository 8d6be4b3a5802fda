using MemOS.Memory.Addresses;

namespace MemOS.Instructions.Accesses;

/// <summary>
/// The memory of the program whose instruction is performed. A string move or a push has a second
/// operand, which may lie anywhere.
/// </summary>
public interface IProgramMemory
{
    /// <summary>Tells who answers for some bytes.</summary>
    /// <param name="start">The first byte.</param>
    /// <param name="bytes">1, 2, 4, 8 or 16.</param>
    MemoryService ServiceOf(VirtualAddress start, int bytes);

    /// <summary>
    /// Makes sure that bytes that nobody serves can be written; asked before anything is loaded.
    /// </summary>
    bool TryPrepareWrite(VirtualAddress start, OperandSize size);

    /// <summary>Reads bytes that nobody serves.</summary>
    bool TryRead(VirtualAddress start, OperandSize size, out ulong value);

    /// <summary>Writes bytes that nobody serves.</summary>
    bool TryWrite(VirtualAddress start, OperandSize size, ulong value);
}
