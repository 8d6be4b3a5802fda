using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MemOS.Instructions.Registers;

/// <summary>The registers of a program that an instruction may read or change.</summary>
public struct RegisterFile
{
    /// <summary>How many general-purpose registers there are, and how many XMM registers.</summary>
    public const int Count = 16;

    private GeneralRegisters _general;
    private VectorRegisters _vectors;

    /// <summary>RIP: where the instruction is, then where the next one is.</summary>
    public ulong InstructionPointer { get; set; }

    /// <summary>RFLAGS.</summary>
    public StatusFlags Flags { get; set; }

    /// <summary>What is added to addresses with an FS prefix.</summary>
    public ulong FsBase { get; set; }

    /// <summary>What is added to addresses with a GS prefix.</summary>
    public ulong GsBase { get; set; }

    /// <summary>All 64 bits of a general-purpose register.</summary>
    [UnscopedRef]
    public ref ulong this[GeneralRegister register] => ref _general[(int)register];

    /// <summary>What a general-purpose register holds.</summary>
    public readonly ulong Read(GeneralRegister register) => _general[(int)register];

    /// <summary>An XMM register, by its number from 0 to 15.</summary>
    [UnscopedRef]
    public ref VectorRegister Vector(int number) => ref _vectors[number];

    [InlineArray(Count)]
    private struct GeneralRegisters
    {
        private ulong _first;
    }

    [InlineArray(Count)]
    private struct VectorRegisters
    {
        private VectorRegister _first;
    }
}
