using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Instructions;

/// <summary>Where a memory operand lies (Intel SDM 1, 3.7.5).</summary>
internal static class EffectiveAddress
{
    /// <summary>The address of the operand that the ModRM byte or an offset names.</summary>
    internal static ulong Of(in Instruction instruction, in RegisterFile registers)
    {
        ulong segment = SegmentBase(in instruction, in registers);
        if (instruction.IsIPRelativeMemoryOperand)
            return segment + instruction.IPRelativeMemoryAddress;
        Register start = instruction.MemoryBase;
        Register index = instruction.MemoryIndex;
        ulong offset = instruction.MemoryDisplacement64;
        if (start != Register.None)
            offset += start.Read(in registers);
        if (index != Register.None)
            offset += index.Read(in registers) * (ulong)instruction.MemoryIndexScale;
        // An address-size prefix: the sum has 32 bits.
        if (start.Size() == OperandSize.Double || index.Size() == OperandSize.Double)
            offset = (uint)offset;
        return segment + offset;
    }

    /// <summary>What the operand's segment adds: only FS and GS have a base.</summary>
    internal static ulong SegmentBase(in Instruction instruction, in RegisterFile registers) =>
        instruction.MemorySegment switch
        {
            Register.FS => registers.FsBase,
            Register.GS => registers.GsBase,
            _ => 0,
        };
}
