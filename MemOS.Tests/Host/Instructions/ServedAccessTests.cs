using System;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Tests.Host.Instructions.Trials;

namespace MemOS.Tests.Host.Instructions;

/// <summary>The accesses of an instruction, one by one.</summary>
[Collection(CountsAllocations.Name)]
public sealed class ServedAccessTests
{
    private const ulong Place = 0x40_0000;
    private const ulong Start = 0x80_0000;
    private const int Bytes = 64;

    private static readonly byte[] AddRegister = [0x48, 0x01, 0x08];        // add [rax], rcx
    private static readonly byte[] MoveString = [0x48, 0xA5];               // movsq
    private static readonly byte[] StoreVector = [0x0F, 0x11, 0x00];        // movups [rax], xmm0
    private static readonly byte[] LoadVector = [0x0F, 0x10, 0x00];         // movups xmm0, [rax]

    private readonly InstructionPerformer _performer = new();
    private RegisterFile _registers = MakeRegisters();

    [Fact]
    public void An_addition_loads_once_stores_once_and_then_changes_registers()
    {
        WindowMemory memory = MakeMemory(0..Bytes);
        ServedInstruction add = Instruction(AddRegister, Start);
        _registers[GeneralRegister.Rcx] = 5;

        Assert.Equal(PerformOutcome.Wants, Perform(in add, memory, out MemoryAccess load));
        Assert.Equal(new MemoryAccess(Access.Read, At(0), OperandSize.Quad, 0), load);
        add.Complete(load, 0x1_0000_0007);

        Assert.Equal(PerformOutcome.Wants, Perform(in add, memory, out MemoryAccess store));
        Assert.Equal(
            new MemoryAccess(Access.Write, At(0), OperandSize.Quad, 0x1_0000_000C), store);
        Assert.Equal(Place, _registers.InstructionPointer);
        add.Complete(store, 0);

        Assert.Equal(PerformOutcome.Done, Perform(in add, memory, out _));
        Assert.Equal(Place + 3, _registers.InstructionPointer);
    }

    [Fact]
    public void Sixteen_bytes_are_two_accesses_of_eight_the_low_one_first()
    {
        WindowMemory memory = MakeMemory(0..Bytes);
        ServedInstruction move = Instruction(StoreVector, Start);
        _registers.Vector(0) = new VectorRegister(1, 2);
        Assert.Equal(PerformOutcome.Wants, Perform(in move, memory, out MemoryAccess low));
        Assert.Equal(new MemoryAccess(Access.Write, At(0), OperandSize.Quad, 1), low);
        move.Complete(low, 0);
        Assert.Equal(PerformOutcome.Wants, Perform(in move, memory, out MemoryAccess high));
        Assert.Equal(new MemoryAccess(Access.Write, At(8), OperandSize.Quad, 2), high);
        move.Complete(high, 0);
        Assert.Equal(PerformOutcome.Done, Perform(in move, memory, out _));
    }

    [Fact]
    public void Half_of_a_vector_changes_nothing()
    {
        WindowMemory memory = MakeMemory(0..Bytes);
        ServedInstruction move = Instruction(LoadVector, Start + 15);
        Assert.Equal(PerformOutcome.Wants, Perform(in move, memory, out MemoryAccess low));
        move.Complete(low, 7);
        Assert.Equal(PerformOutcome.Wants, Perform(in move, memory, out _));
        Assert.Equal(default, _registers.Vector(0));
    }

    [Fact]
    public void Only_the_bytes_of_an_answer_that_were_asked_for_count()
    {
        WindowMemory memory = MakeMemory(0..Bytes);
        ServedInstruction move = Instruction([0x0F, 0xB6, 0x08], Start);    // movzx ecx, byte [rax]
        Perform(in move, memory, out MemoryAccess load);
        Assert.Equal(OperandSize.Byte, load.Size);
        move.Complete(load, 0xFFFF_FF12);
        Assert.Equal(PerformOutcome.Done, Perform(in move, memory, out _));
        Assert.Equal(0x12UL, _registers[GeneralRegister.Rcx]);
    }

    [Fact]
    public void Nothing_is_loaded_where_the_other_end_can_not_be_written()
    {
        // From served memory to ordinary memory.
        WindowMemory memory = new(Start, new byte[Bytes], 0..32) { RefusesWrites = true };
        _registers[GeneralRegister.Rdi] = Start + 32;
        ServedInstruction move = Instruction(MoveString, Start);
        Assert.Equal(PerformOutcome.Refused, Perform(in move, memory, out _));
        Assert.Equal(Start, _registers[GeneralRegister.Rsi]);
    }

    [Fact]
    public void Ordinary_memory_that_can_not_be_read_stops_the_instruction()
    {
        WindowMemory memory = MakeMemory(0..32);
        _registers[GeneralRegister.Rsi] = Start - 8;
        ServedInstruction move = Instruction(MoveString, Start + 16);
        Assert.Equal(PerformOutcome.Refused, Perform(in move, memory, out _));
    }

    [Fact]
    public void A_mapping_that_moved_while_the_program_waited_gives_no_wrong_value()
    {
        // CMPSQ of two served operands; the first is ordinary memory by the time of the answer.
        ServedInstruction compare = Instruction([0x48, 0xA7], Start);
        _registers[GeneralRegister.Rdi] = Start + 32;
        Perform(in compare, MakeMemory(0..Bytes), out MemoryAccess first);
        Assert.Equal(At(0), first.Address);
        compare.Complete(first, 9);
        compare = Noted(compare, Start + 32);
        Assert.Equal(PerformOutcome.Unknown, Perform(in compare, MakeMemory(32..Bytes), out _));
    }

    [Fact]
    public void A_repeated_instruction_stays_until_its_last_iteration()
    {
        byte[] code = [0xF3, 0xAA];     // rep stosb
        _registers[GeneralRegister.Rcx] = 3;
        for (ulong left = 3; left > 0; left--)
        {
            Assert.Equal(Place, _registers.InstructionPointer);
            Assert.Equal(left, _registers[GeneralRegister.Rcx]);
            ServedInstruction store = Instruction(code, _registers[GeneralRegister.Rdi]);
            WindowMemory memory = MakeMemory(0..Bytes);
            Assert.Equal(PerformOutcome.Wants, Perform(in store, memory, out MemoryAccess wanted));
            store.Complete(wanted, 0);
            Assert.Equal(PerformOutcome.Done, Perform(in store, memory, out _));
        }
        Assert.Equal(Place + 2, _registers.InstructionPointer);
        Assert.Equal(Start + 16 + 3, _registers[GeneralRegister.Rdi]);
    }

    [Fact]
    public void The_resume_flag_that_the_fault_left_is_cleared_at_the_end()
    {
        const ulong Resume = 1 << 16;
        WindowMemory memory = MakeMemory(0..Bytes);
        _registers.Flags = new StatusFlags(Resume | 2);
        ServedInstruction move = Instruction([0x8A, 0x08], Start);      // mov cl, [rax]
        Perform(in move, memory, out MemoryAccess load);
        Assert.Equal(Resume | 2, _registers.Flags.Value);
        move.Complete(load, 0);
        Perform(in move, memory, out _);
        Assert.Equal(2UL, _registers.Flags.Value);
    }

    [Fact]
    public void Performing_allocates_no_managed_memory()
    {
        byte[][] codes = [AddRegister, MoveString, StoreVector, LoadVector, [0x0F, 0x0B], []];
        var memory = new WindowMemory(Start, new byte[Bytes], 0..Bytes);
        PerformAll(codes, memory);
        long allocated = CountsAllocations.Least(() =>
        {
            for (int i = 0; i < 1000; i++)
                PerformAll(codes, memory);
        });
        Assert.Equal(0, allocated);
    }

    private void PerformAll(byte[][] codes, WindowMemory memory)
    {
        foreach (byte[] code in codes)
        {
            RegisterFile registers = MakeRegisters();
            ServedInstruction instruction = Instruction(code, Start);
            while (_performer.Perform(in instruction, memory, ref registers, out MemoryAccess a)
                == PerformOutcome.Wants)
            {
                instruction.Complete(a, 1);
            }
        }
    }

    private PerformOutcome Perform(
        in ServedInstruction instruction, WindowMemory memory, out MemoryAccess wanted) =>
        _performer.Perform(in instruction, memory, ref _registers, out wanted);

    private static ServedInstruction Instruction(byte[] code, ulong fault) =>
        new(code, VirtualAddress.Create(fault));

    // The same answers, for a fault elsewhere.
    private static ServedInstruction Noted(ServedInstruction instruction, ulong fault)
    {
        Assert.True(instruction.TryGetLoad(0, out MemoryAccess load));
        var other = new ServedInstruction(instruction.Code, VirtualAddress.Create(fault));
        other.Complete(load, load.Value);
        return other;
    }

    private static WindowMemory MakeMemory(Range served) => new(Start, new byte[Bytes], served);

    private static VirtualAddress At(ulong offset) => VirtualAddress.Create(Start + offset);

    private static RegisterFile MakeRegisters()
    {
        RegisterFile registers = new() { InstructionPointer = Place, Flags = new StatusFlags(2) };
        registers[GeneralRegister.Rax] = Start;
        registers[GeneralRegister.Rsi] = Start;
        registers[GeneralRegister.Rdi] = Start + 16;
        return registers;
    }
}
