using System.Collections.Generic;
using System.IO;
using Iced.Intel;
using IL2CPU.Elf;

namespace IL2CPU.Order;

/// <summary>A part of an instruction that says, relative to itself, where something is.</summary>
/// <param name="Instruction">Address of the instruction.</param>
/// <param name="Field">Address of the part.</param>
/// <param name="FieldBytes">Its length.</param>
/// <param name="Next">Address of the next instruction, from which it counts.</param>
/// <param name="Target">What it leads to.</param>
internal readonly record struct CodeReference(
    ulong Instruction, ulong Field, int FieldBytes, ulong Next, ulong Target);

/// <summary>Reads x86-64 machine code.</summary>
internal static class CodeReader
{
    private const int Bits = 64;

    /// <summary>Finds all relative references in a piece of code.</summary>
    /// <param name="section">The section.</param>
    /// <param name="piece">Offsets in the section, or addresses in an image.</param>
    /// <exception cref="InvalidDataException">Something in it is no instruction.</exception>
    internal static IEnumerable<CodeReference> References(ElfSection section, Piece piece)
    {
        Decoder decoder = Open(section, piece);
        while (decoder.IP < piece.End)
        {
            Instruction instruction = Decode(decoder, section);
            if (Target(instruction) is not { } target)
                continue;
            ConstantOffsets offsets = decoder.GetConstantOffsets(instruction);
            (int start, int size) = instruction.IsIPRelativeMemoryOperand
                ? (offsets.DisplacementOffset, offsets.DisplacementSize)
                : (offsets.ImmediateOffset, offsets.ImmediateSize);
            yield return new CodeReference(
                instruction.IP, instruction.IP + (ulong)start, size, instruction.NextIP, target);
        }
    }

    /// <summary>Whether what follows a piece is never reached from its last instruction.</summary>
    internal static bool NeverRunsOn(ElfSection section, Piece piece)
    {
        Decoder decoder = Open(section, piece);
        bool ends = false;
        while (decoder.IP < piece.End)
        {
            Instruction instruction = Decode(decoder, section);
            // What pads to an alignment does not count.
            if (instruction.Mnemonic is not (Mnemonic.Nop or Mnemonic.Int3))
            {
                ends = instruction.FlowControl is FlowControl.UnconditionalBranch
                    or FlowControl.IndirectBranch or FlowControl.Return or FlowControl.Exception;
            }
        }
        return ends;
    }

    private static Decoder Open(ElfSection section, Piece piece) => Decoder.Create(
        Bits,
        new ByteArrayCodeReader(section.Data, (int)(piece.Start - section.Address),
            (int)(piece.End - piece.Start)),
        piece.Start);

    private static Instruction Decode(Decoder decoder, ElfSection section)
    {
        Instruction instruction = decoder.Decode();
        return instruction.IsInvalid
            ? throw new InvalidDataException(
                $"{section.Name}+{instruction.IP:x} is no instruction.")
            : instruction;
    }

    private static ulong? Target(in Instruction instruction)
    {
        if (instruction.IsIPRelativeMemoryOperand)
            return instruction.IPRelativeMemoryAddress;
        return instruction.Op0Kind is OpKind.NearBranch64
            ? instruction.NearBranchTarget
            : null;
    }
}
