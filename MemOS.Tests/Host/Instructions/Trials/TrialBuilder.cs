using System;
using System.Collections.Generic;
using System.Linq;
using Iced.Intel;
using MemOS.Instructions.Registers;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Makes random trials of an encoding.</summary>
/// <param name="chance">What chooses.</param>
/// <param name="place">Where the instruction will run.</param>
/// <param name="window">Where its operands can be.</param>
/// <param name="fsBase">What FS adds to an address on the real processor.</param>
internal sealed class TrialBuilder(Random chance, ulong place, ulong window, ulong fsBase)
{
    private const ulong FlagsThatChange = 0xCD5;
    private const ulong FlagsThatStay = 0x202;
    private const int MostIterations = 8;
    private const int MostBitDistance = 512;

    private static readonly ulong[] Interesting =
    [
        0, 1, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF,
        long.MaxValue, 1UL << 63, ulong.MaxValue,
    ];

    private readonly AddressPicker _picker = new(chance);
    private RegisterFile _registers;
    private byte[] _memory = [];
    private List<ulong> _operands = [];

    /// <summary>Makes one.</summary>
    internal Trial Make(Code code)
    {
        while (true)
        {
            Fill();
            Instruction instruction = new() { Code = code };
            Range served = instruction.IsStringInstruction
                ? PickString(ref instruction)
                : PickOperands(ref instruction);
            if (TryEncode(ref instruction, out byte[] bytes))
            {
                return new Trial
                {
                    Code = bytes,
                    Instruction = instruction,
                    Registers = _registers,
                    Memory = _memory,
                    Served = served,
                    Operands = _operands,
                };
            }
        }
    }

    private void Fill()
    {
        _registers = new RegisterFile { InstructionPointer = place, FsBase = fsBase };
        for (int i = 0; i < RegisterFile.Count; i++)
        {
            _registers[(GeneralRegister)i] = PickValue();
            _registers.Vector(i) = new VectorRegister(PickValue(), PickValue());
        }
        _registers[GeneralRegister.Rsp] = SecondHalf + (uint)chance.Next(128, 256);
        _registers.Flags = new StatusFlags(
            ((ulong)chance.NextInt64() & FlagsThatChange) | FlagsThatStay);
        _memory = new byte[Window.Bytes];
        chance.NextBytes(_memory);
        _operands = [];
    }

    private ulong SecondHalf => window + Window.HalfBytes;

    private ulong PickValue() => chance.Next(2) == 0
        ? Interesting[chance.Next(Interesting.Length)]
        : (ulong)chance.NextInt64(long.MinValue, long.MaxValue);

    private Range PickOperands(ref Instruction instruction)
    {
        Code code = instruction.Code;
        bool usesStack = code.Mnemonic() is Mnemonic.Push or Mnemonic.Pop;
        bool usesMemory = InstructionForms.Kinds(code).Any(InstructionForms.IsMemory);
        int bytes = code.ToOpCode().MemorySize.GetSize();
        for (int i = 0; i < instruction.OpCount; i++)
            PickRegisterOrImmediate(ref instruction, i, code.ToOpCode().GetOpKind(i));
        if (usesMemory)
            PickMemory(ref instruction, bytes);
        if (usesStack)
            AddStack(in instruction, usesMemory);
        instruction.HasLockPrefix = code.ToOpCode().CanUseLockPrefix
            && instruction.Op0Kind == OpKind.Memory && chance.Next(3) == 0;
        // What the stack pointer of the operand's address means is for the processor to say.
        if (usesMemory && usesStack)
            return PickServed(true, true);
        return PickServed(usesMemory, usesStack);
    }

    private void PickMemory(ref Instruction instruction, int bytes)
    {
        ulong target = window + (uint)chance.Next(80, 400);
        if (bytes == 16 && chance.Next(2) == 0 || IsAligned(instruction.Mnemonic))
            target &= ~15UL;
        Register kept = PickBitNumber(in instruction, bytes, out long distance);
        ulong seen = target;
        bool usesNewTop = instruction.Mnemonic == Mnemonic.Pop;
        // POP computes its operand's address after it took the value.
        if (usesNewTop)
            _registers[GeneralRegister.Rsp] += (ulong)bytes;
        _picker.Pick(ref instruction, ref _registers, target, kept);
        if (usesNewTop)
            _registers[GeneralRegister.Rsp] -= (ulong)bytes;
        _operands.Add(seen + (ulong)distance);
        if (instruction.Mnemonic == Mnemonic.Cmpxchg && chance.Next(2) == 0)
            ExpectWhatIsThere((int)(target - window));
    }

    private void AddStack(in Instruction instruction, bool usesMemory)
    {
        ulong top = _registers[GeneralRegister.Rsp];
        int growth = instruction.StackPointerIncrement;
        _operands.Add(growth < 0 ? top - (ulong)-growth : top);
        if (!usesMemory)
            _operands.Reverse();
    }

    private Register PickBitNumber(in Instruction instruction, int bytes, out long distance)
    {
        distance = 0;
        bool isBit = instruction.Mnemonic
            is Mnemonic.Bt or Mnemonic.Bts or Mnemonic.Btr or Mnemonic.Btc;
        if (!isBit || instruction.Op1Kind != OpKind.Register)
            return Register.None;
        int number = chance.Next(-MostBitDistance, MostBitDistance);
        Register register = instruction.Op1Register.GetFullRegister();
        ulong mask = bytes == 8 ? ulong.MaxValue : (1UL << (8 * bytes)) - 1;
        ref ulong value = ref _registers[(GeneralRegister)register.GetNumber()];
        value = (value & ~mask) | ((ulong)number & mask);
        distance = (long)Math.Floor(number / (8.0 * bytes)) * bytes;
        return register;
    }

    private void ExpectWhatIsThere(int offset)
    {
        (Register start, Register index) = _picker.Used;
        if (start.GetFullRegister() != Register.RAX && index.GetFullRegister() != Register.RAX)
            _registers[GeneralRegister.Rax] = BitConverter.ToUInt64(_memory, offset);
    }

    private Range PickString(ref Instruction instruction)
    {
        bool isNarrow = chance.Next(4) == 0;
        OpCodeInfo info = instruction.Code.ToOpCode();
        for (int i = 0; i < info.OpCount; i++)
        {
            OpCodeOperandKind kind = info.GetOpKind(i);
            if (kind == OpCodeOperandKind.seg_rSI)
                instruction.SetOpKind(i, isNarrow ? OpKind.MemorySegESI : OpKind.MemorySegRSI);
            else if (kind == OpCodeOperandKind.es_rDI)
                instruction.SetOpKind(i, isNarrow ? OpKind.MemoryESEDI : OpKind.MemoryESRDI);
            else
                PickRegisterOrImmediate(ref instruction, i, kind);
        }
        ulong garbage = isNarrow ? (ulong)chance.NextInt64() << 32 : 0;
        bool isSourceFirst = chance.Next(2) == 0;
        bool areTogether = chance.Next(3) == 0;
        ulong first = window + (uint)chance.Next(128, 320);
        ulong second = areTogether
            ? first - 16 + (uint)chance.Next(32)
            : SecondHalf + (uint)chance.Next(128, 320);
        _registers[GeneralRegister.Rsi] = garbage | (isSourceFirst ? first : second);
        _registers[GeneralRegister.Rdi] = garbage | (isSourceFirst ? second : first);
        if (chance.Next(3) != 0)
        {
            instruction.HasRepePrefix = info.CanUseRepnePrefix ? chance.Next(2) == 0 : true;
            instruction.HasRepnePrefix = !instruction.HasRepePrefix;
            _registers[GeneralRegister.Rcx] = garbage | (uint)chance.Next(1, MostIterations + 1);
        }
        if (info.CanUseRepnePrefix)
            MakeAlike();
        bool usesBoth = info.Op0Kind != OpCodeOperandKind.al && InstructionForms
            .Kinds(instruction.Code)
            .All(k => k is OpCodeOperandKind.seg_rSI or OpCodeOperandKind.es_rDI);
        return areTogether || !usesBoth ? 0..Window.Bytes : PickServed(true, true);
    }

    // So that comparisons find the same, and sometimes not.
    private void MakeAlike()
    {
        for (int i = 0; i < _memory.Length; i++)
            _memory[i] = (byte)(chance.Next(40) == 0 ? 1 : 0);
        _registers[GeneralRegister.Rax] = (ulong)chance.Next(2);
    }

    private Range PickServed(bool first, bool second) => chance.Next(3) switch
    {
        0 when first => 0..Window.HalfBytes,
        1 when second => Window.HalfBytes..Window.Bytes,
        _ => 0..Window.Bytes,
    };

    private void PickRegisterOrImmediate(
        ref Instruction instruction, int operand, OpCodeOperandKind kind)
    {
        if (InstructionForms.IsMemory(kind))
        {
            instruction.SetOpKind(operand, OpKind.Memory);
            return;
        }
        Register register = OperandRegisters.Pick(kind, chance);
        if (register != Register.None)
        {
            instruction.SetOpKind(operand, OpKind.Register);
            instruction.SetOpRegister(operand, register);
            return;
        }
        instruction.SetOpKind(operand, OperandRegisters.Immediate(kind));
        instruction.SetImmediate(
            operand, OperandRegisters.PickImmediate(kind, PickValue()));
    }

    private bool TryEncode(ref Instruction instruction, out byte[] bytes)
    {
        bytes = [];
        var writer = new ByteList();
        if (!Encoder.Create(64, writer).TryEncode(in instruction, place, out _, out _))
            return false;
        bytes = [.. writer.Bytes];
        instruction = Decoder.Create(64, bytes, place).Decode();
        return true;
    }

    private static bool IsAligned(Mnemonic mnemonic) => mnemonic
        is Mnemonic.Movaps or Mnemonic.Movapd or Mnemonic.Movdqa or Mnemonic.Movntps
        or Mnemonic.Movntpd or Mnemonic.Movntdq or Mnemonic.Movntdqa;
}
