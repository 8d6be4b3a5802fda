using System;
using System.Linq;
using Iced.Intel;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory.Addresses;
using MemOS.Tests.Host.Instructions.Trials;

namespace MemOS.Tests.Host.Instructions;

/// <summary>What is not performed, and leaves all as it was.</summary>
public sealed class UnknownInstructionTests
{
    private const ulong Place = 0x40_0000;
    private const ulong Start = 0x80_0000;
    private const int Bytes = 64;

    private readonly InstructionPerformer _performer = new();

    [Fact]
    public void Every_encoding_of_memory_that_is_not_listed_is_unknown()
    {
        Code[] codes = [.. InstructionForms.Unknown];
        Assert.True(codes.Length > 1000);
        int encoded = 0;
        foreach (Code code in codes)
        {
            if (!TryEncode(code, out byte[] bytes))
                continue;
            encoded++;
            RegisterFile registers = AllAt(Start);
            Assert.True(
                Perform(bytes, ref registers, 0..Bytes, Start) == PerformOutcome.Unknown,
                $"{code} is performed");
        }
        Assert.True(encoded > 1000);
    }

    [Fact]
    public void Random_bytes_end_without_an_exception_and_unknown_ones_change_nothing() =>
        Gen.Select(Gen.Byte.Array[0, 15], Gen.ULong).Sample((bytes, place) =>
        {
            RegisterFile registers = AllAt(place % 2 == 0 ? Start + (place % Bytes) : place);
            RegisterFile before = registers;
            var performer = new InstructionPerformer();
            var memory = new WindowMemory(Start, new byte[Bytes], 0..Bytes);
            var instruction = new ServedInstruction(bytes, VirtualAddress.Create(Start));
            PerformOutcome outcome = performer.Perform(
                in instruction, memory, ref registers, out _);
            if (outcome != PerformOutcome.Done)
                Assert.True(IsSame(before, registers));
        }, iter: 20_000);

    [Fact]
    public void An_access_that_reaches_out_of_served_memory_is_unknown()
    {
        byte[][] codes =
        [
            [0x48, 0x8B, 0x00],         // mov rax, [rax]
            [0x48, 0x89, 0x00],         // mov [rax], rax
            [0x48, 0x01, 0x00],         // add [rax], rax
            [0x0F, 0x10, 0x00],         // movups xmm0, [rax]
            [0x48, 0xA5],               // movsq
        ];
        foreach (byte[] code in codes)
        {
            for (ulong start = Start + 9; start < Start + 16; start++)
                AssertUnknown(code, start, 16..48, Start + 16);
            for (ulong start = Start + 41; start < Start + 48; start++)
                AssertUnknown(code, start, 16..48, Start + 41 + 6);
        }
    }

    [Fact]
    public void An_unaligned_operand_of_an_aligned_move_is_unknown()
    {
        byte[][] codes =
        [
            [0x0F, 0x28, 0x00],                     // movaps xmm0, [rax]
            [0x66, 0x0F, 0x29, 0x00],               // movapd [rax], xmm0
            [0x66, 0x0F, 0x6F, 0x00],               // movdqa xmm0, [rax]
            [0x66, 0x0F, 0xE7, 0x00],               // movntdq [rax], xmm0
            [0x66, 0x0F, 0x38, 0x2A, 0x00],         // movntdqa xmm0, [rax]
        ];
        foreach (byte[] code in codes)
        {
            RegisterFile registers = AllAt(Start);
            Assert.Equal(PerformOutcome.Wants, Perform(code, ref registers, 0..Bytes, Start));
            AssertUnknown(code, Start + 8, 0..Bytes, Start + 8);
        }
    }

    [Fact]
    public void An_instruction_whose_end_can_not_be_fetched_is_unknown()
    {
        byte[] code = [0x48, 0x81, 0x00, 0x01, 0x02, 0x03, 0x04];   // add qword [rax], 0x04030201
        for (int length = 0; length < code.Length; length++)
            AssertUnknown(code[..length], Start, 0..Bytes, Start);
        RegisterFile registers = AllAt(Start);
        Assert.Equal(PerformOutcome.Wants, Perform(code, ref registers, 0..Bytes, Start));
    }

    [Fact]
    public void An_instruction_that_does_not_touch_the_fault_is_unknown()
    {
        AssertUnknown([0x48, 0x8B, 0x00], Start, 0..Bytes, Start + 8);      // mov rax, [rax]
        AssertUnknown([0x48, 0x89, 0x00], Start + 8, 0..Bytes, Start);      // mov [rax], rax
        AssertUnknown([0x48, 0xA5], Start, 0..Bytes, Start + 8);            // movsq
    }

    [Fact]
    public void An_address_that_is_none_is_unknown()
    {
        AssertUnknown([0x8A, 0x00], 1UL << 60, 0..Bytes, Start);            // mov al, [rax]
        AssertUnknown([0x48, 0x8B, 0x00], ulong.MaxValue, 0..Bytes, Start); // mov rax, [rax]
    }

    private void AssertUnknown(byte[] code, ulong start, Range served, ulong fault)
    {
        RegisterFile registers = AllAt(start);
        Assert.Equal(PerformOutcome.Unknown, Perform(code, ref registers, served, fault));
    }

    private PerformOutcome Perform(
        byte[] code, ref RegisterFile registers, Range served, ulong fault)
    {
        RegisterFile before = registers;
        byte[] bytes = new byte[Bytes];
        var memory = new WindowMemory(Start, bytes, served);
        var instruction = new ServedInstruction(code, VirtualAddress.Create(fault));
        PerformOutcome outcome = _performer.Perform(
            in instruction, memory, ref registers, out _);
        Assert.True(IsSame(before, registers));
        Assert.All(bytes, b => Assert.Equal(0, b));
        return outcome;
    }

    private static RegisterFile AllAt(ulong address)
    {
        RegisterFile registers = new() { InstructionPointer = Place };
        for (int i = 0; i < RegisterFile.Count; i++)
            registers[(GeneralRegister)i] = address;
        return registers;
    }

    private static bool IsSame(RegisterFile a, RegisterFile b) =>
        Enumerable.Range(0, RegisterFile.Count).All(i =>
            a.Read((GeneralRegister)i) == b.Read((GeneralRegister)i)
            && a.Vector(i) == b.Vector(i))
        && a.Flags == b.Flags && a.InstructionPointer == b.InstructionPointer;

    // The memory operand is [rax]; the others are whatever register or number fits.
    private static bool TryEncode(Code code, out byte[] bytes)
    {
        bytes = [];
        Instruction instruction = new() { Code = code, MemoryBase = Register.RAX };
        OpCodeOperandKind[] kinds = [.. InstructionForms.Kinds(code)];
        for (int i = 0; i < kinds.Length; i++)
        {
            if (!OtherOperands.TrySet(ref instruction, i, kinds[i]))
                return false;
        }
        var writer = new ByteList();
        if (!Encoder.Create(64, writer).TryEncode(in instruction, Place, out _, out _))
            return false;
        bytes = [.. writer.Bytes];
        return Decoder.Create(64, bytes, Place).Decode().Code == code;
    }
}
