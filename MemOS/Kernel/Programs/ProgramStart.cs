using MemOS.Memory.Addresses;
using MemOS.Processes;

namespace MemOS.Programs;

/// <summary>How a loaded program begins.</summary>
/// <param name="Image">Where its file lies.</param>
/// <param name="Instruction">Its first instruction.</param>
/// <param name="StackTop">The top of its stack, 16-aligned.</param>
/// <param name="Arguments">Where its arguments lie.</param>
internal readonly record struct ProgramStart(
    ImagePlace Image, VirtualAddress Instruction, VirtualAddress StackTop,
    VirtualAddress Arguments);
