using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Which encodings there are, by what the decoder's tables say of them.</summary>
internal static class InstructionForms
{
    private static readonly Mnemonic[] Names =
    [
        Mnemonic.Mov, Mnemonic.Movzx, Mnemonic.Movsx, Mnemonic.Movsxd, Mnemonic.Movnti,
        Mnemonic.Movbe, Mnemonic.Add, Mnemonic.Adc, Mnemonic.Sub, Mnemonic.Sbb, Mnemonic.And,
        Mnemonic.Or, Mnemonic.Xor, Mnemonic.Cmp, Mnemonic.Test, Mnemonic.Inc, Mnemonic.Dec,
        Mnemonic.Neg, Mnemonic.Not, Mnemonic.Rol, Mnemonic.Ror, Mnemonic.Rcl, Mnemonic.Rcr,
        Mnemonic.Shl, Mnemonic.Sal, Mnemonic.Shr, Mnemonic.Sar, Mnemonic.Bt, Mnemonic.Bts,
        Mnemonic.Btr, Mnemonic.Btc, Mnemonic.Mul, Mnemonic.Imul, Mnemonic.Xchg, Mnemonic.Xadd,
        Mnemonic.Cmpxchg, Mnemonic.Push, Mnemonic.Pop,
        Mnemonic.Cmovo, Mnemonic.Cmovno, Mnemonic.Cmovb, Mnemonic.Cmovae, Mnemonic.Cmove,
        Mnemonic.Cmovne, Mnemonic.Cmovbe, Mnemonic.Cmova, Mnemonic.Cmovs, Mnemonic.Cmovns,
        Mnemonic.Cmovp, Mnemonic.Cmovnp, Mnemonic.Cmovl, Mnemonic.Cmovge, Mnemonic.Cmovle,
        Mnemonic.Cmovg, Mnemonic.Seto, Mnemonic.Setno, Mnemonic.Setb, Mnemonic.Setae,
        Mnemonic.Sete, Mnemonic.Setne, Mnemonic.Setbe, Mnemonic.Seta, Mnemonic.Sets,
        Mnemonic.Setns, Mnemonic.Setp, Mnemonic.Setnp, Mnemonic.Setl, Mnemonic.Setge,
        Mnemonic.Setle, Mnemonic.Setg,
        Mnemonic.Movsb, Mnemonic.Movsw, Mnemonic.Movsd, Mnemonic.Movsq, Mnemonic.Stosb,
        Mnemonic.Stosw, Mnemonic.Stosd, Mnemonic.Stosq, Mnemonic.Lodsb, Mnemonic.Lodsw,
        Mnemonic.Lodsd, Mnemonic.Lodsq, Mnemonic.Cmpsb, Mnemonic.Cmpsw, Mnemonic.Cmpsd,
        Mnemonic.Cmpsq, Mnemonic.Scasb, Mnemonic.Scasw, Mnemonic.Scasd, Mnemonic.Scasq,
        Mnemonic.Movd, Mnemonic.Movq, Mnemonic.Movss, Mnemonic.Movaps, Mnemonic.Movups,
        Mnemonic.Movapd, Mnemonic.Movupd, Mnemonic.Movdqa, Mnemonic.Movdqu, Mnemonic.Lddqu,
        Mnemonic.Movlps, Mnemonic.Movlpd, Mnemonic.Movhps, Mnemonic.Movhpd, Mnemonic.Movntps,
        Mnemonic.Movntpd, Mnemonic.Movntdq, Mnemonic.Movntdqa,
    ];

    // SSE2's comparison shares its name with the string's; the others use registers of MMX.
    private static readonly OpCodeOperandKind[] OtherOperands =
    [
        OpCodeOperandKind.mm_reg, OpCodeOperandKind.mm_or_mem, OpCodeOperandKind.seg_reg,
        OpCodeOperandKind.fs, OpCodeOperandKind.gs, OpCodeOperandKind.cr_reg,
        OpCodeOperandKind.dr_reg,
    ];

    private static readonly OpCodeOperandKind[] MemoryOperands =
    [
        OpCodeOperandKind.mem, OpCodeOperandKind.mem_offs, OpCodeOperandKind.r8_or_mem,
        OpCodeOperandKind.r16_or_mem, OpCodeOperandKind.r32_or_mem, OpCodeOperandKind.r64_or_mem,
        OpCodeOperandKind.mm_or_mem, OpCodeOperandKind.xmm_or_mem,
    ];

    /// <summary>The names of all instructions that are performed.</summary>
    internal static IEnumerable<Mnemonic> Performed => Names;

    /// <summary>The encodings with a name that are performed.</summary>
    internal static IEnumerable<Code> Of(Mnemonic name) =>
        InLongMode.Where(code => code.Mnemonic() == name && IsPerformed(code));

    /// <summary>All other encodings that can name memory.</summary>
    internal static IEnumerable<Code> Unknown =>
        InLongMode.Where(code => !IsPerformed(code) && Kinds(code).Any(IsMemory));

    /// <summary>The operands of an encoding.</summary>
    internal static IEnumerable<OpCodeOperandKind> Kinds(Code code)
    {
        OpCodeInfo info = code.ToOpCode();
        return Enumerable.Range(0, info.OpCount).Select(info.GetOpKind);
    }

    /// <summary>Whether an operand lies where a ModRM byte or an offset says, or may.</summary>
    internal static bool IsMemory(OpCodeOperandKind kind) => MemoryOperands.Contains(kind);

    private static IEnumerable<Code> InLongMode =>
        Enum.GetValues<Code>().Where(code => code.ToOpCode() is { IsInstruction: true } info
            && info.IsAvailableInMode(64));

    private static bool IsPerformed(Code code)
    {
        OpCodeInfo info = code.ToOpCode();
        bool usesMemory = Kinds(code).Any(IsMemory)
            || new Instruction { Code = code }.IsStringInstruction
            || code.Mnemonic() is Mnemonic.Push or Mnemonic.Pop;
        return info.Encoding == EncodingKind.Legacy
            && usesMemory
            && Names.Contains(code.Mnemonic())
            && code != Code.Cmpsd_xmm_xmmm64_imm8
            && !Kinds(code).Any(OtherOperands.Contains);
    }
}
