using System;
using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Makes an instruction name a place in memory, in any way that there is.</summary>
/// <param name="chance">What chooses.</param>
internal sealed class AddressPicker(Random chance)
{
    private const int Modes = 6;

    /// <summary>The registers that the address is made of.</summary>
    internal (Register Start, Register Index) Used { get; private set; }

    /// <summary>Sets the memory operand, and the registers that it needs.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="registers">Its registers.</param>
    /// <param name="target">The address that is to come out.</param>
    /// <param name="kept">A register that can't be changed any more.</param>
    internal void Pick(
        ref Instruction instruction, ref RegisterFile registers, ulong target, Register kept)
    {
        bool isNarrow = chance.Next(4) == 0;
        Used = default;
        int mode = chance.Next(Modes);
        if (mode is 1 or 2 && !isNarrow)
            target -= PickSegment(ref instruction, in registers);
        switch (mode)
        {
            case 0:
                SetPlace(ref instruction, target, isNarrow ? 4 : 8);
                break;
            case 1:
                Used = (PickRegister(kept, default, isNarrow), default);
                PickDisplacement(ref instruction, isNarrow);
                break;
            case 2:
                Register start = PickRegister(kept, default, isNarrow);
                Used = (start, PickRegister(kept, start, isNarrow));
                PickDisplacement(ref instruction, isNarrow);
                break;
            case 3:
                Used = (default, PickRegister(kept, default, isNarrow));
                registers[Number(Used.Index)] = Garbage(isNarrow) | (uint)chance.Next(4096);
                break;
            case 4:
                instruction.MemoryBase = isNarrow ? Register.EIP : Register.RIP;
                SetPlace(ref instruction, target, isNarrow ? 4 : 8);
                return;
            default:
                // The stack pointer stays where it is.
                Used = (Register.RSP, default);
                ulong distance = target - registers[GeneralRegister.Rsp];
                SetPlace(ref instruction, distance, 8);
                break;
        }
        instruction.MemoryBase = Used.Start;
        instruction.MemoryIndex = Used.Index;
        instruction.MemoryIndexScale = 1 << (Used.Index == Register.None ? 0 : chance.Next(4));
        Solve(ref instruction, ref registers, target, isNarrow);
    }

    private void Solve(
        ref Instruction instruction, ref RegisterFile registers, ulong target, bool isNarrow)
    {
        ulong scaled = Used.Index == Register.None
            ? 0
            : registers[Number(Used.Index)] * (ulong)instruction.MemoryIndexScale;
        if (Used.Start == Register.None && Used.Index != Register.None)
        {
            ulong rest = target - scaled;
            SetPlace(ref instruction, isNarrow ? (uint)rest : rest, isNarrow ? 4 : 8);
        }
        else if (Used.Start is not (Register.None or Register.RSP))
        {
            ulong value = target - scaled - instruction.MemoryDisplacement64;
            registers[Number(Used.Start)] = isNarrow ? Garbage(isNarrow) | (uint)value : value;
        }
    }

    private ulong PickSegment(ref Instruction instruction, in RegisterFile registers)
    {
        switch (chance.Next(8))
        {
            case 0:
                instruction.SegmentPrefix = Register.FS;
                return registers.FsBase;
            case 1:
                instruction.SegmentPrefix = Register.GS;
                return registers.GsBase;
            case 2:
                instruction.SegmentPrefix = Register.ES;
                return 0;
            default:
                return 0;
        }
    }

    private void PickDisplacement(ref Instruction instruction, bool isNarrow)
    {
        int distance = chance.Next(3) switch
        {
            0 => 0,
            1 => chance.Next(-128, 128),
            _ => chance.Next(int.MinValue, int.MaxValue),
        };
        int wide = isNarrow ? 4 : 8;
        int bytes = distance is >= -128 and < 128 ? (distance == 0 ? 0 : 1) : wide;
        SetPlace(ref instruction, isNarrow ? (uint)distance : (ulong)distance, bytes);
    }

    private Register PickRegister(Register kept, Register other, bool isNarrow)
    {
        while (true)
        {
            Register all = Register.RAX + chance.Next(RegisterFile.Count);
            Register register = isNarrow ? all - Register.RAX + Register.EAX : all;
            if (all != Register.RSP && all != kept && register != other)
                return register;
        }
    }

    // What lies above the 32 bits that count.
    private ulong Garbage(bool isNarrow) => isNarrow ? (ulong)chance.NextInt64() << 32 : 0;

    private static GeneralRegister Number(Register register) =>
        (GeneralRegister)register.GetNumber();

    private static void SetPlace(ref Instruction instruction, ulong displacement, int bytes)
    {
        instruction.MemoryDisplacement64 = displacement;
        instruction.MemoryDisplSize = bytes;
    }
}
