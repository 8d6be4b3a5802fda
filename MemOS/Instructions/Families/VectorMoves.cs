using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>Loads and stores of XMM registers that do nothing else.</summary>
internal static class VectorMoves
{
    private const ulong Alignment = 16;

    internal static bool TryPerform(ref Execution execution)
    {
        ref readonly Instruction instruction = ref execution.Instruction;
        Mnemonic mnemonic = instruction.Mnemonic;
        if (!IsMove(mnemonic) || instruction.OpCount != 2)
            return execution.Accesses.Stop(PerformOutcome.Unknown);
        bool isStore = execution.IsMemory(0);
        Register register = instruction.GetOpRegister(isStore ? 1 : 0);
        if (!register.IsVector() || (IsAligned(mnemonic) && !LiesAligned(ref execution)))
            return execution.Accesses.Stop(PerformOutcome.Unknown);

        ref VectorRegister vector = ref execution.Registers.Vector(register.VectorNumber());
        if (!execution.TryOpen(isStore ? Access.Write : Access.Read))
            return false;
        if (instruction.MemorySize.Bytes() == OperandSize.Vector)
            return isStore ? execution.TryStoreVector(vector) : execution.TryLoadVector(out vector);
        bool isHigh = mnemonic is Mnemonic.Movhps or Mnemonic.Movhpd;
        if (isStore)
            return execution.TryWrite(0, isHigh ? vector.High : vector.Low);
        if (!execution.TryRead(1, out ulong loaded))
            return false;
        vector = mnemonic switch
        {
            Mnemonic.Movhps or Mnemonic.Movhpd => vector with { High = loaded },
            Mnemonic.Movlps or Mnemonic.Movlpd => vector with { Low = loaded },
            _ => new VectorRegister(loaded, 0),
        };
        return true;
    }

    private static bool IsMove(Mnemonic mnemonic) => IsAligned(mnemonic) || mnemonic
        is Mnemonic.Movd or Mnemonic.Movq or Mnemonic.Movss or Mnemonic.Movsd
        or Mnemonic.Movlps or Mnemonic.Movlpd or Mnemonic.Movhps or Mnemonic.Movhpd
        or Mnemonic.Movups or Mnemonic.Movupd or Mnemonic.Movdqu or Mnemonic.Lddqu;

    private static bool IsAligned(Mnemonic mnemonic) => mnemonic
        is Mnemonic.Movaps or Mnemonic.Movapd or Mnemonic.Movdqa
        or Mnemonic.Movntps or Mnemonic.Movntpd or Mnemonic.Movntdq or Mnemonic.Movntdqa;

    // Else it is a general protection fault, which comes before the page fault.
    private static bool LiesAligned(ref Execution execution) =>
        EffectiveAddress.Of(in execution.Instruction, in execution.Registers) % Alignment == 0;
}
