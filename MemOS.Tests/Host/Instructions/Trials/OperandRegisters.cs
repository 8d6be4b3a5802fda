using System;
using Iced.Intel;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Registers and immediates for operands.</summary>
internal static class OperandRegisters
{
    private const int Registers = 16;
    private const int ByteRegisters = 20;

    /// <summary>A register that an operand can be; none if it is an immediate.</summary>
    internal static Register Pick(OpCodeOperandKind kind, Random chance) => kind switch
    {
        OpCodeOperandKind.r8_reg or OpCodeOperandKind.r8_opcode
            => PickButStack(Register.AL, ByteRegisters, Register.SPL, chance),
        OpCodeOperandKind.r16_reg or OpCodeOperandKind.r16_opcode
            => PickButStack(Register.AX, Registers, Register.SP, chance),
        OpCodeOperandKind.r32_reg or OpCodeOperandKind.r32_opcode
            => PickButStack(Register.EAX, Registers, Register.ESP, chance),
        OpCodeOperandKind.r64_reg or OpCodeOperandKind.r64_opcode
            => PickButStack(Register.RAX, Registers, Register.RSP, chance),
        OpCodeOperandKind.xmm_reg => Register.XMM0 + chance.Next(Registers),
        OpCodeOperandKind.al => Register.AL,
        OpCodeOperandKind.cl => Register.CL,
        OpCodeOperandKind.ax => Register.AX,
        OpCodeOperandKind.eax => Register.EAX,
        OpCodeOperandKind.rax => Register.RAX,
        _ => Register.None,
    };

    /// <summary>What kind of immediate an operand is.</summary>
    internal static OpKind Immediate(OpCodeOperandKind kind) => kind switch
    {
        OpCodeOperandKind.imm8 or OpCodeOperandKind.imm8_const_1 => OpKind.Immediate8,
        OpCodeOperandKind.imm8sex16 => OpKind.Immediate8to16,
        OpCodeOperandKind.imm8sex32 => OpKind.Immediate8to32,
        OpCodeOperandKind.imm8sex64 => OpKind.Immediate8to64,
        OpCodeOperandKind.imm16 => OpKind.Immediate16,
        OpCodeOperandKind.imm32 => OpKind.Immediate32,
        OpCodeOperandKind.imm32sex64 => OpKind.Immediate32to64,
        OpCodeOperandKind.imm64 => OpKind.Immediate64,
        _ => throw new NotSupportedException($"{kind}"),
    };

    /// <summary>A value that such an immediate can have.</summary>
    internal static long PickImmediate(OpCodeOperandKind kind, ulong value) => kind switch
    {
        OpCodeOperandKind.imm8_const_1 => 1,
        OpCodeOperandKind.imm8 => (byte)value,
        OpCodeOperandKind.imm16 => (ushort)value,
        OpCodeOperandKind.imm32 => (uint)value,
        OpCodeOperandKind.imm32sex64 => (int)value,
        OpCodeOperandKind.imm64 => (long)value,
        _ => (sbyte)value,
    };

    // Code around the instruction needs the stack pointer where it is.
    private static Register PickButStack(
        Register first, int count, Register stack, Random chance)
    {
        Register register;
        do
        {
            register = first + chance.Next(count);
        }
        while (register == stack);
        return register;
    }
}
