using MemOS.Instructions.Registers;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Backers;

/// <summary>A thread's registers, as the performer of instructions knows them.</summary>
internal static unsafe class ContextRegisters
{
    // Where FXSAVE puts XMM0, 16 bytes a register (Intel SDM 1, table 10-2).
    private const int VectorsOffset = 160;

    /// <summary>Reads what a thread that is not in ring 3 has in its context.</summary>
    internal static void Read(Thread thread, out RegisterFile registers)
    {
        ThreadContext* context = thread.Context;
        registers = new RegisterFile
        {
            InstructionPointer = context->Rip,
            Flags = new StatusFlags(context->Rflags),
            FsBase = thread.ThreadPointer,
        };
        registers[GeneralRegister.Rax] = context->Rax;
        registers[GeneralRegister.Rcx] = context->Rcx;
        registers[GeneralRegister.Rdx] = context->Rdx;
        registers[GeneralRegister.Rbx] = context->Rbx;
        registers[GeneralRegister.Rsp] = context->Rsp;
        registers[GeneralRegister.Rbp] = context->Rbp;
        registers[GeneralRegister.Rsi] = context->Rsi;
        registers[GeneralRegister.Rdi] = context->Rdi;
        registers[GeneralRegister.R8] = context->R8;
        registers[GeneralRegister.R9] = context->R9;
        registers[GeneralRegister.R10] = context->R10;
        registers[GeneralRegister.R11] = context->R11;
        registers[GeneralRegister.R12] = context->R12;
        registers[GeneralRegister.R13] = context->R13;
        registers[GeneralRegister.R14] = context->R14;
        registers[GeneralRegister.R15] = context->R15;
        VectorRegister* vectors = Vectors(context);
        for (int i = 0; i < RegisterFile.Count; i++)
            registers.Vector(i) = vectors[i];
    }

    /// <summary>Gives the thread other registers; those that no program sets stay.</summary>
    internal static void Write(Thread thread, ref RegisterFile registers)
    {
        ThreadContext* context = thread.Context;
        context->Rip = registers.InstructionPointer;
        context->Rflags = registers.Flags.Value;
        context->Rax = registers[GeneralRegister.Rax];
        context->Rcx = registers[GeneralRegister.Rcx];
        context->Rdx = registers[GeneralRegister.Rdx];
        context->Rbx = registers[GeneralRegister.Rbx];
        context->Rsp = registers[GeneralRegister.Rsp];
        context->Rbp = registers[GeneralRegister.Rbp];
        context->Rsi = registers[GeneralRegister.Rsi];
        context->Rdi = registers[GeneralRegister.Rdi];
        context->R8 = registers[GeneralRegister.R8];
        context->R9 = registers[GeneralRegister.R9];
        context->R10 = registers[GeneralRegister.R10];
        context->R11 = registers[GeneralRegister.R11];
        context->R12 = registers[GeneralRegister.R12];
        context->R13 = registers[GeneralRegister.R13];
        context->R14 = registers[GeneralRegister.R14];
        context->R15 = registers[GeneralRegister.R15];
        VectorRegister* vectors = Vectors(context);
        for (int i = 0; i < RegisterFile.Count; i++)
            vectors[i] = registers.Vector(i);
    }

    // Safe: the state of x87 and SSE is the start of the context, and is longer than this.
    private static VectorRegister* Vectors(ThreadContext* context) =>
        (VectorRegister*)((byte*)context + VectorsOffset);
}
