using System;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Iced.Intel;
using MemOS.Instructions.Registers;
using MemOS.Tests.Host.Instructions.Trials;
using static Iced.Intel.AssemblerRegisters;

namespace MemOS.Tests.Host.Instructions.Processor;

/// <summary>
/// Runs one instruction on this machine's processor, with any registers. The stack pointer has to
/// point into <see cref="Arena"/>, as the operating system may put a signal there.
/// </summary>
internal sealed unsafe partial class RealProcessor : IDisposable
{
    private const int CodeBytes = 4096;
    private const int ArenaBytes = 256 * 1024;
    private const int StateOffset = 2048;
    private const int LongestInstruction = 15;
    private const int NewestFeatures = (1 << 22) | (1 << 19);
    private const int GetFs = 0x1003;
    private const byte NoOperation = 0x90;

    private static readonly AssemblerRegister64[] General =
        [rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi, r8, r9, r10, r11, r12, r13, r14, r15];

    private static readonly AssemblerRegister64[] KeptByCallee = [rbx, rbp, r12, r13, r14, r15];

    private readonly LowMemory _code = new(CodeBytes);
    private readonly LowMemory _arena = new(ArenaBytes);
    private readonly int _place;

    internal RealProcessor()
    {
        // MOVBE and SSE4.1 came later than the rest.
        Assert.Equal(NewestFeatures, X86Base.CpuId(1, 0).Ecx & NewestFeatures);
        byte[] before = Assemble(WriteStart, _code.Start);
        before.CopyTo(_code.Bytes);
        _place = before.Length;
        int next = _place + LongestInstruction;
        Assemble(WriteEnd, _code.Start + (ulong)next).CopyTo(_code.Bytes[next..]);
    }

    /// <summary>Where the instruction is.</summary>
    internal ulong Place => _code.Start + (ulong)_place;

    /// <summary>The first byte of what the instruction may use.</summary>
    internal ulong ArenaStart => _arena.Start;

    /// <summary>What the instruction may use.</summary>
    internal Span<byte> Arena => _arena.Bytes;

    private ulong StateStart => _code.Start + StateOffset;

    public void Dispose()
    {
        _code.Dispose();
        _arena.Dispose();
    }

    /// <summary>What FS adds to an address on this thread.</summary>
    internal static ulong FsBase
    {
        get
        {
            Assert.Equal(0, GetBase(GetFs, out ulong start));
            return start;
        }
    }

    /// <summary>Runs an instruction that does not jump, to its end.</summary>
    internal void Run(ReadOnlySpan<byte> instruction, ref RegisterFile registers)
    {
        Span<byte> room = _code.Bytes.Slice(_place, LongestInstruction);
        room.Fill(NoOperation);
        instruction.CopyTo(room);
        var state = (ProcessorState*)StateStart;
        *state = ProcessorState.From(registers);
        ((delegate* unmanaged<void>)_code.Start)();
        state->CopyTo(ref registers);
    }

    private void WriteStart(Assembler code)
    {
        foreach (AssemblerRegister64 register in KeptByCallee)
            code.push(register);
        code.mov(__qword_ptr[StateStart + ProcessorState.KeptStackOffset], rsp);
        for (int i = 0; i < RegisterFile.Count; i++)
            code.movdqu(Vector(i), __xmmword_ptr[VectorPlace(i)]);
        code.push(__qword_ptr[StateStart + ProcessorState.FlagsOffset]);
        code.popfq();
        for (int i = 0; i < RegisterFile.Count; i++)
            code.mov(General[i], __qword_ptr[GeneralPlace(i)]);
    }

    private void WriteEnd(Assembler code)
    {
        for (int i = 0; i < RegisterFile.Count; i++)
            code.mov(__qword_ptr[GeneralPlace(i)], General[i]);
        code.mov(rsp, __qword_ptr[StateStart + ProcessorState.KeptStackOffset]);
        code.pushfq();
        code.pop(__qword_ptr[StateStart + ProcessorState.FlagsOffset]);
        code.cld();
        for (int i = 0; i < RegisterFile.Count; i++)
            code.movdqu(__xmmword_ptr[VectorPlace(i)], Vector(i));
        for (int i = KeptByCallee.Length - 1; i >= 0; i--)
            code.pop(KeptByCallee[i]);
        code.ret();
    }

    private ulong GeneralPlace(int number) => StateStart + (ulong)(number * sizeof(ulong));

    private ulong VectorPlace(int number) =>
        StateStart + (ulong)(ProcessorState.VectorsOffset + (2 * number * sizeof(ulong)));

    private static AssemblerRegisterXMM Vector(int number) => new(Register.XMM0 + number);

    private static byte[] Assemble(Action<Assembler> write, ulong place)
    {
        var assembler = new Assembler(64);
        write(assembler);
        var bytes = new ByteList();
        assembler.Assemble(bytes, place);
        return [.. bytes.Bytes];
    }

    [LibraryImport("libc", EntryPoint = "arch_prctl")]
    private static partial int GetBase(int which, out ulong start);
}
