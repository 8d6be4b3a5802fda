using System;
using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>MUL, and IMUL with one, two and three operands.</summary>
internal static class Multiplications
{
    internal static bool TryPerform(ref Execution execution)
    {
        bool isSigned = execution.Instruction.Mnemonic == Mnemonic.Imul;
        int operands = execution.Instruction.OpCount;
        OperandSize size = execution.SizeOf(0);
        if (!execution.TryOpen(Access.Read))
            return false;
        if (operands == 1)
        {
            if (!execution.TryRead(0, out ulong factor))
                return false;
            Register low = size.Accumulator();
            ulong product = Multiply(
                ref execution, low.Read(in execution.Registers), factor, isSigned, size,
                out ulong high);
            WriteWide(ref execution, product, high, size);
            return true;
        }
        // IMUL r, m multiplies the register; IMUL r, m, immediate the memory.
        if (!execution.TryRead(operands - 2, out ulong left)
            || !execution.TryRead(operands - 1, out ulong right))
        {
            return false;
        }
        return execution.TryWrite(
            0, Multiply(ref execution, left, right, isSigned, size, out _));
    }

    // The low half; sets CF and OF if the high half has something that the low one has not.
    private static ulong Multiply(
        ref Execution execution, ulong left, ulong right, bool isSigned, OperandSize size,
        out ulong high)
    {
        ulong low;
        if (isSigned)
        {
            long top = Math.BigMul(
                (long)size.SignExtend(left), (long)size.SignExtend(right), out long bottom);
            (low, high) = ((ulong)bottom, (ulong)top);
        }
        else
        {
            high = Math.BigMul(size.Truncate(left), size.Truncate(right), out low);
        }
        if (size != OperandSize.Quad)
            high = size.Truncate(low >> size.Bits());
        low = size.Truncate(low);
        ulong expected = isSigned && size.IsNegative(low) ? size.Truncate(ulong.MaxValue) : 0;
        bool isCut = high != expected;
        execution.Registers.Flags = execution.Registers.Flags with
        {
            Carry = isCut,
            Overflow = isCut,
        };
        return low;
    }

    private static void WriteWide(ref Execution execution, ulong low, ulong high, OperandSize size)
    {
        if (size == OperandSize.Byte)
        {
            Register.AX.Write(ref execution.Registers, low | (high << size.Bits()));
            return;
        }
        size.Accumulator().Write(ref execution.Registers, low);
        Register data = size switch
        {
            OperandSize.Word => Register.DX,
            OperandSize.Double => Register.EDX,
            _ => Register.RDX,
        };
        data.Write(ref execution.Registers, high);
    }
}
