using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace MemOS.Jit;

/// <summary>An instruction, as bytes and as people write it.</summary>
internal sealed record Instruction(byte[] Code, string Text);

/// <summary>
/// Compiles a polynomial, of x in EDI to a value in EAX: Horner's scheme, three kinds of
/// instruction (Intel SDM volume 2: MOV, IMUL, ADD, RET).
/// </summary>
internal static class Compiler
{
    private const byte MoveToEax = 0xB8;
    private const byte AddToEax = 0x05;
    private const byte Return = 0xC3;

    private static readonly byte[] _multiplyByEdi = [0x0F, 0xAF, 0xC7];

    /// <summary>Compiles.</summary>
    /// <param name="coefficients">The highest power's first; at least one.</param>
    internal static List<Instruction> Compile(ReadOnlySpan<int> coefficients)
    {
        List<Instruction> program =
            [new(With(MoveToEax, coefficients[0]), $"mov  eax, {coefficients[0]}")];
        foreach (int coefficient in coefficients[1..])
        {
            program.Add(new(_multiplyByEdi, "imul eax, edi"));
            program.Add(new(With(AddToEax, coefficient), $"add  eax, {coefficient}"));
        }
        program.Add(new([Return], "ret"));
        return program;
    }

    /// <summary>The same by the compiler of this program, to compare.</summary>
    internal static int Evaluate(ReadOnlySpan<int> coefficients, int x)
    {
        int value = 0;
        foreach (int coefficient in coefficients)
            value = unchecked((value * x) + coefficient);
        return value;
    }

    private static byte[] With(byte code, int operand)
    {
        byte[] bytes = new byte[1 + sizeof(int)];
        bytes[0] = code;
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(1), operand);
        return bytes;
    }
}
