using Iced.Intel;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Some operand of any kind, for instructions that are only decoded.</summary>
internal static class OtherOperands
{
    internal static bool TrySet(ref Instruction instruction, int operand, OpCodeOperandKind kind)
    {
        string name = kind.ToString();
        if (name.Contains("mem", System.StringComparison.Ordinal)
            && !name.EndsWith("_reg_mem", System.StringComparison.Ordinal))
        {
            instruction.SetOpKind(operand, OpKind.Memory);
            return !name.Contains("vsib", System.StringComparison.Ordinal)
                && !name.Contains("sibmem", System.StringComparison.Ordinal);
        }
        Register register = Pick(name);
        if (register != Register.None)
        {
            instruction.SetOpKind(operand, OpKind.Register);
            instruction.SetOpRegister(operand, register);
            return true;
        }
        if (!name.StartsWith("imm", System.StringComparison.Ordinal) || name == "imm4_m2z")
            return false;
        instruction.SetOpKind(operand, OperandRegisters.Immediate(kind));
        instruction.SetImmediate(operand, 1);
        return true;
    }

    private static Register Pick(string kind) => kind.Split('_')[0] switch
    {
        "r8" or "cl" => Register.CL,
        "al" => Register.AL,
        "r16" => Register.CX,
        "ax" => Register.AX,
        "dx" => Register.DX,
        "r32" => Register.ECX,
        "eax" => Register.EAX,
        "r64" => Register.RCX,
        "rax" => Register.RAX,
        "mm" => Register.MM1,
        "xmm" => Register.XMM1,
        "xmmp3" => Register.XMM4,
        "ymm" => Register.YMM1,
        "zmm" => Register.ZMM1,
        "zmmp3" => Register.ZMM4,
        "k" or "kp1" => Register.K2,
        "seg" => Register.DS,
        "st0" => Register.ST0,
        "bnd" => Register.BND1,
        "tmm" => Register.TMM1,
        _ => Register.None,
    };
}
