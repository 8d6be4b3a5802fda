using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>The flags that the manual defines after an instruction (Intel SDM 2).</summary>
internal static class DefinedFlags
{
    private const ulong Carry = 0x1;
    private const ulong Parity = 0x4;
    private const ulong Adjust = 0x10;
    private const ulong Zero = 0x40;
    private const ulong Sign = 0x80;
    private const ulong Direction = 0x400;
    private const ulong Overflow = 0x800;
    private const ulong All = Carry | Parity | Adjust | Zero | Sign | Direction | Overflow;

    internal static ulong After(in Instruction instruction, in RegisterFile before) =>
        instruction.Mnemonic switch
        {
            Mnemonic.And or Mnemonic.Or or Mnemonic.Xor or Mnemonic.Test => All & ~Adjust,
            Mnemonic.Mul or Mnemonic.Imul => Carry | Overflow | Direction,
            Mnemonic.Bt or Mnemonic.Bts or Mnemonic.Btr or Mnemonic.Btc
                => Carry | Zero | Direction,
            Mnemonic.Rol or Mnemonic.Ror or Mnemonic.Rcl or Mnemonic.Rcr
                => Count(instruction, before) is 0 or 1 ? All : All & ~Overflow,
            Mnemonic.Shl or Mnemonic.Sal or Mnemonic.Shr or Mnemonic.Sar
                => AfterShift(instruction, Count(instruction, before)),
            _ => All,
        };

    private static ulong AfterShift(in Instruction instruction, int count)
    {
        if (count == 0)
            return All;
        ulong defined = All & ~Adjust;
        if (count != 1)
            defined &= ~Overflow;
        if (instruction.Mnemonic != Mnemonic.Sar && count >= Bits(instruction))
            defined &= ~Carry;
        return defined;
    }

    private static int Count(in Instruction instruction, in RegisterFile before)
    {
        int count = instruction.Op1Kind == OpKind.Register
            ? (int)(before.Read(GeneralRegister.Rcx) & 0xFF)
            : instruction.Immediate8;
        return count & (Bits(instruction) == 64 ? 63 : 31);
    }

    private static int Bits(in Instruction instruction) => 8 * instruction.MemorySize.GetSize();
}
