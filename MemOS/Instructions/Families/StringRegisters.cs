using Iced.Intel;

namespace MemOS.Instructions.Families;

/// <summary>A string instruction's registers: of 32 bits after an address-size prefix.</summary>
/// <param name="Source">RSI or ESI.</param>
/// <param name="Target">RDI or EDI.</param>
/// <param name="Counter">RCX or ECX.</param>
internal readonly record struct StringRegisters(Register Source, Register Target, Register Counter)
{
    /// <summary>Those of an instruction.</summary>
    internal static StringRegisters Of(in Instruction instruction) =>
        IsNarrow(instruction.Op0Kind) || IsNarrow(instruction.Op1Kind)
            ? new StringRegisters(Register.ESI, Register.EDI, Register.ECX)
            : new StringRegisters(Register.RSI, Register.RDI, Register.RCX);

    private static bool IsNarrow(OpKind kind) => kind is OpKind.MemorySegESI or OpKind.MemoryESEDI;
}
