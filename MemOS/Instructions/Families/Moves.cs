using System.Buffers.Binary;
using Iced.Intel;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>Moves between memory and general-purpose registers; none changes a flag.</summary>
internal static class Moves
{
    internal static bool TryPerform(ref Execution execution)
    {
        OperandSize target = execution.SizeOf(0);
        OperandSize source = execution.SizeOf(1);
        if (!execution.TryOpen(execution.IsMemory(0) ? Access.Write : Access.Read)
            || !execution.TryRead(1, out ulong value))
        {
            return false;
        }
        value = execution.Instruction.Mnemonic switch
        {
            Mnemonic.Movsx or Mnemonic.Movsxd => source.SignExtend(value),
            Mnemonic.Movbe => BinaryPrimitives.ReverseEndianness(value) >> Unused(target),
            _ => value,
        };
        return execution.TryWrite(0, value);
    }

    private static int Unused(OperandSize size) => OperandSize.Quad.Bits() - size.Bits();
}
