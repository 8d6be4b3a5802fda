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
        for (int i = 0; i < RegisterFile.Count; i++)
            registers[(GeneralRegister)i] = *General(context, (GeneralRegister)i);
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
        for (int i = 0; i < RegisterFile.Count; i++)
            *General(context, (GeneralRegister)i) = registers[(GeneralRegister)i];
        VectorRegister* vectors = Vectors(context);
        for (int i = 0; i < RegisterFile.Count; i++)
            vectors[i] = registers.Vector(i);
    }

    // Safe: a field of a context that the thread keeps.
    private static ulong* General(ThreadContext* context, GeneralRegister register) =>
        register switch
        {
            GeneralRegister.Rax => &context->Rax,
            GeneralRegister.Rcx => &context->Rcx,
            GeneralRegister.Rdx => &context->Rdx,
            GeneralRegister.Rbx => &context->Rbx,
            GeneralRegister.Rsp => &context->Rsp,
            GeneralRegister.Rbp => &context->Rbp,
            GeneralRegister.Rsi => &context->Rsi,
            GeneralRegister.Rdi => &context->Rdi,
            GeneralRegister.R8 => &context->R8,
            GeneralRegister.R9 => &context->R9,
            GeneralRegister.R10 => &context->R10,
            GeneralRegister.R11 => &context->R11,
            GeneralRegister.R12 => &context->R12,
            GeneralRegister.R13 => &context->R13,
            GeneralRegister.R14 => &context->R14,
            _ => &context->R15,
        };

    // Safe: the state of x87 and SSE is the start of the context, and is longer than this.
    private static VectorRegister* Vectors(ThreadContext* context) =>
        (VectorRegister*)((byte*)context + VectorsOffset);
}
