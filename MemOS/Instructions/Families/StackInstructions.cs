using Iced.Intel;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>PUSH and POP: the stack or the operand is served, or both.</summary>
internal static class StackInstructions
{
    internal static bool TryPerform(ref Execution execution)
    {
        int growth = execution.Instruction.StackPointerIncrement;
        return growth < 0
            ? TryPush(ref execution, (OperandSize)(-growth))
            : TryPop(ref execution, (OperandSize)growth);
    }

    private static bool TryPush(ref Execution execution, OperandSize size)
    {
        ulong top = execution.Registers[GeneralRegister.Rsp] - (ulong)size;
        if (!execution.Accesses.TryOpen(top, size, Access.Write, out OperandPlace stack)
            || (execution.IsMemory(0) && !execution.TryOpen(Access.Read))
            || !execution.TryRead(0, out ulong value))
        {
            return false;
        }
        execution.Registers[GeneralRegister.Rsp] = top;
        return execution.Accesses.TryStore(in stack, value);
    }

    // The operand's address, and POP RSP, see the stack pointer after the value was taken.
    private static bool TryPop(ref Execution execution, OperandSize size)
    {
        ulong top = execution.Registers[GeneralRegister.Rsp];
        execution.Registers[GeneralRegister.Rsp] = top + (ulong)size;
        return execution.Accesses.TryOpen(top, size, Access.Read, out OperandPlace stack)
            && (!execution.IsMemory(0) || execution.TryOpen(Access.Write))
            && execution.Accesses.TryLoad(in stack, out ulong value)
            && execution.TryWrite(0, value);
    }
}
