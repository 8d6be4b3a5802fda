using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>CMOVcc and SETcc.</summary>
internal static class Conditionals
{
    /// <summary>Whether an instruction is one of these.</summary>
    internal static bool IsOne(in Instruction instruction) =>
        IsMove(in instruction)
        || instruction.Code is >= Code.Seto_rm8 and <= Code.Setg_rm8;

    internal static bool TryPerform(ref Execution execution)
    {
        bool holds = Holds(execution.Instruction.ConditionCode, execution.Registers.Flags);
        if (!IsMove(in execution.Instruction))
            return execution.TryOpen(Access.Write) && execution.TryWrite(0, holds ? 1u : 0);

        // Memory is read, and a register of 32 bits written, whether the condition holds or not.
        return execution.TryOpen(Access.Read)
            && execution.TryRead(0, out ulong old)
            && execution.TryRead(1, out ulong value)
            && execution.TryWrite(0, holds ? value : old);
    }

    private static bool IsMove(in Instruction instruction) =>
        instruction.Code is >= Code.Cmovo_r16_rm16 and <= Code.Cmovg_r64_rm64;

    // Intel SDM 1, appendix B.
    private static bool Holds(ConditionCode condition, StatusFlags flags) => condition switch
    {
        ConditionCode.o => flags.Overflow,
        ConditionCode.no => !flags.Overflow,
        ConditionCode.b => flags.Carry,
        ConditionCode.ae => !flags.Carry,
        ConditionCode.e => flags.Zero,
        ConditionCode.ne => !flags.Zero,
        ConditionCode.be => flags.Carry || flags.Zero,
        ConditionCode.a => !flags.Carry && !flags.Zero,
        ConditionCode.s => flags.Sign,
        ConditionCode.ns => !flags.Sign,
        ConditionCode.p => flags.Parity,
        ConditionCode.np => !flags.Parity,
        ConditionCode.l => flags.Sign != flags.Overflow,
        ConditionCode.ge => flags.Sign == flags.Overflow,
        ConditionCode.le => flags.Zero || flags.Sign != flags.Overflow,
        _ => !flags.Zero && flags.Sign == flags.Overflow,
    };
}
