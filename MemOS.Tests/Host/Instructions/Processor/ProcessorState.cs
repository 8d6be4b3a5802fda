using System.Runtime.InteropServices;
using MemOS.Instructions.Registers;

namespace MemOS.Tests.Host.Instructions.Processor;

/// <summary>Registers as the code around the instruction loads and saves them.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ProcessorState
{
    internal const int FlagsOffset = RegisterFile.Count * sizeof(ulong);
    internal const int VectorsOffset = FlagsOffset + sizeof(ulong);
    internal const int KeptStackOffset = VectorsOffset + (2 * FlagsOffset);

    internal fixed ulong General[RegisterFile.Count];
    internal ulong Flags;
    internal fixed ulong Vectors[2 * RegisterFile.Count];
    internal ulong KeptStack;

    internal static ProcessorState From(RegisterFile registers)
    {
        ProcessorState state = default;
        for (int i = 0; i < RegisterFile.Count; i++)
        {
            state.General[i] = registers[(GeneralRegister)i];
            state.Vectors[2 * i] = registers.Vector(i).Low;
            state.Vectors[(2 * i) + 1] = registers.Vector(i).High;
        }
        state.Flags = registers.Flags.Value;
        return state;
    }

    internal readonly void CopyTo(ref RegisterFile registers)
    {
        for (int i = 0; i < RegisterFile.Count; i++)
        {
            registers[(GeneralRegister)i] = General[i];
            registers.Vector(i) = new VectorRegister(Vectors[2 * i], Vectors[(2 * i) + 1]);
        }
        registers.Flags = new StatusFlags(Flags);
    }
}
