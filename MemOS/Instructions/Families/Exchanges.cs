using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Memory;

namespace MemOS.Instructions.Families;

/// <summary>XCHG, XADD and CMPXCHG: of memory and a register, in this order.</summary>
internal static class Exchanges
{
    internal static bool TryPerform(ref Execution execution)
    {
        OperandSize size = execution.SizeOf(0);
        if (!execution.TryOpen(Access.Read | Access.Write)
            || !execution.TryRead(0, out ulong old)
            || !execution.TryRead(1, out ulong value))
        {
            return false;
        }
        StatusFlags flags = execution.Registers.Flags;
        switch (execution.Instruction.Mnemonic)
        {
            case Mnemonic.Xchg:
                return execution.TryWrite(0, value) && execution.TryWrite(1, old);
            case Mnemonic.Xadd:
                ulong sum = Arithmetic.Add(old, value, 0, size, ref flags);
                execution.Registers.Flags = flags;
                return execution.TryWrite(0, sum) && execution.TryWrite(1, old);
            default:
                Register accumulator = size.Accumulator();
                ulong expected = accumulator.Read(in execution.Registers);
                Arithmetic.Subtract(expected, old, 0, size, ref flags);
                execution.Registers.Flags = flags;
                if (flags.Zero)
                    return execution.TryWrite(0, value);
                accumulator.Write(ref execution.Registers, old);
                // The processor writes what was there before.
                return execution.TryWrite(0, old);
        }
    }
}
