using Iced.Intel;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Families;
using MemOS.Instructions.Registers;

namespace MemOS.Instructions;

/// <summary>
/// Performs instructions of programs in the processor's place, so that each load and each store can
/// be served by another program. Allocates nothing after it has been made; one thread at a time.
/// </summary>
public sealed class InstructionPerformer
{
    private const int Bitness = 64;

    private readonly InstructionBytes _bytes = new();
    private readonly Decoder _decoder;

    /// <summary>Makes a performer, and the decoder's tables at the first one.</summary>
    public InstructionPerformer() => _decoder = Decoder.Create(Bitness, _bytes);

    /// <summary>
    /// Performs an instruction, or one iteration of a repeated one, as far as what is noted goes.
    /// </summary>
    /// <param name="instruction">The instruction, and the accesses that were answered.</param>
    /// <param name="memory">The program's memory.</param>
    /// <param name="registers">
    /// The program's registers as they were at the fault; changed once, when it is done.
    /// </param>
    /// <param name="wanted">The next access to serve, if it wants one.</param>
    public PerformOutcome Perform(
        ref readonly ServedInstruction instruction,
        IProgramMemory memory,
        ref RegisterFile registers,
        out MemoryAccess wanted)
    {
        _bytes.Load(instruction.Code);
        _decoder.IP = registers.InstructionPointer;
        _decoder.Decode(out Instruction decoded);

        RegisterFile changed = registers;
        changed.InstructionPointer = decoded.NextIP;
        Execution execution = new(in decoded, ref changed, memory, in instruction);
        bool isDone = !decoded.IsInvalid
            && HasKnownRegisters(in decoded)
            && TryPerform(ref execution);
        wanted = execution.Accesses.Wanted;
        if (!isDone)
            return execution.Accesses.Outcome;
        changed.Flags = changed.Flags.Completed;
        registers = changed;
        return PerformOutcome.Done;
    }

    // Not those of segments, MMX or the kernel, which have instructions of the same names.
    private static bool HasKnownRegisters(in Instruction instruction)
    {
        for (int i = 0; i < instruction.OpCount; i++)
        {
            if (instruction.GetOpKind(i) == OpKind.Register
                && instruction.GetOpRegister(i).Size() == OperandSize.None)
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryPerform(ref Execution execution)
    {
        ref readonly Instruction instruction = ref execution.Instruction;
        // Names do for the rest, but MOVSD and CMPSD are strings and SSE.
        if (instruction.IsStringInstruction)
            return StringInstructions.TryPerform(ref execution);
        return instruction.Mnemonic switch
        {
            Mnemonic.Mov or Mnemonic.Movzx or Mnemonic.Movsx or Mnemonic.Movsxd
                or Mnemonic.Movnti or Mnemonic.Movbe => Moves.TryPerform(ref execution),
            Mnemonic.Add or Mnemonic.Adc or Mnemonic.Sub or Mnemonic.Sbb or Mnemonic.Cmp
                or Mnemonic.And or Mnemonic.Or or Mnemonic.Xor or Mnemonic.Test
                => BinaryInstructions.TryPerform(ref execution),
            Mnemonic.Inc or Mnemonic.Dec or Mnemonic.Neg or Mnemonic.Not
                => UnaryInstructions.TryPerform(ref execution),
            Mnemonic.Rol or Mnemonic.Ror or Mnemonic.Rcl or Mnemonic.Rcr
                or Mnemonic.Shl or Mnemonic.Sal or Mnemonic.Shr or Mnemonic.Sar
                => ShiftInstructions.TryPerform(ref execution),
            Mnemonic.Bt or Mnemonic.Bts or Mnemonic.Btr or Mnemonic.Btc
                => BitInstructions.TryPerform(ref execution),
            Mnemonic.Mul or Mnemonic.Imul => Multiplications.TryPerform(ref execution),
            Mnemonic.Xchg or Mnemonic.Xadd or Mnemonic.Cmpxchg
                => Exchanges.TryPerform(ref execution),
            Mnemonic.Push or Mnemonic.Pop => StackInstructions.TryPerform(ref execution),
            _ => Conditionals.IsOne(in instruction)
                ? Conditionals.TryPerform(ref execution)
                : VectorMoves.TryPerform(ref execution),
        };
    }
}
