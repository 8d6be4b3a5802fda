using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Core.Hardware;

/// <summary>Single processor instructions, from Instructions.asm.</summary>
/// <remarks>Public for kernels that, like MemOS, drive the processor themselves.</remarks>
public static unsafe class Instruction
{
    [RuntimeImport("*", "CosmosIn8"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte In8(ushort port);

    [RuntimeImport("*", "CosmosIn16"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ushort In16(ushort port);

    [RuntimeImport("*", "CosmosIn32"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint In32(ushort port);

    [RuntimeImport("*", "CosmosOut8"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out8(ushort port, byte value);

    [RuntimeImport("*", "CosmosOut16"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out16(ushort port, ushort value);

    [RuntimeImport("*", "CosmosOut32"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Out32(ushort port, uint value);

    /// <summary>HLT: sleeps until the next interrupt.</summary>
    [RuntimeImport("*", "CosmosHalt"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Halt();

    /// <summary>INT3.</summary>
    [RuntimeImport("*", "CosmosBreak"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Break();

    /// <summary>STI.</summary>
    [RuntimeImport("*", "CosmosEnableInterrupts"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void EnableInterrupts();

    /// <summary>CLI.</summary>
    [RuntimeImport("*", "CosmosDisableInterrupts"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void DisableInterrupts();

    /// <summary>STI and HLT as one: no interrupt can slip in between.</summary>
    [RuntimeImport("*", "CosmosWaitForInterrupt"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WaitForInterrupt();

    /// <summary>RFLAGS.</summary>
    [RuntimeImport("*", "CosmosReadFlags"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadFlags();

    /// <summary>RDTSC.</summary>
    [RuntimeImport("*", "CosmosReadTimestamp"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadTimestamp();

    /// <summary>CPUID; four results are written: EAX, EBX, ECX, EDX.</summary>
    [RuntimeImport("*", "CosmosCpuid"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Cpuid(uint leaf, uint subleaf, uint* results);

    /// <summary>RDMSR. Faults when the processor has no such register.</summary>
    [RuntimeImport("*", "CosmosReadMsr"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadMsr(uint register);

    /// <summary>WRMSR. Faults when the processor has no such register.</summary>
    [RuntimeImport("*", "CosmosWriteMsr"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteMsr(uint register, ulong value);

    /// <summary>RDRAND; 1 when a value was ready. Only on processors that have it.</summary>
    [RuntimeImport("*", "CosmosRdRand"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int RdRand(ulong* result);

    /// <summary>RDSEED; 1 when a value was ready. Only on processors that have it.</summary>
    [RuntimeImport("*", "CosmosRdSeed"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern int RdSeed(ulong* result);

    /// <summary>CR0.</summary>
    [RuntimeImport("*", "CosmosReadCr0"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr0();

    /// <summary>CR2: the address of the last page fault.</summary>
    [RuntimeImport("*", "CosmosReadCr2"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr2();

    /// <summary>CR3: the root page table.</summary>
    [RuntimeImport("*", "CosmosReadCr3"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr3();

    /// <summary>Writes CR3, which also forgets cached translations.</summary>
    [RuntimeImport("*", "CosmosWriteCr3"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void WriteCr3(ulong value);

    /// <summary>CR4.</summary>
    [RuntimeImport("*", "CosmosReadCr4"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadCr4();

    /// <summary>RBP of the caller: the start of its chain of frames.</summary>
    [RuntimeImport("*", "CosmosReadFramePointer"), MethodImpl(MethodImplOptions.InternalCall)]
    public static extern ulong ReadFramePointer();

    [RuntimeImport("*", "CosmosLoadIdt"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadIdt(byte* limitAndBase);

    [RuntimeImport("*", "CosmosLoadGdt"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadGdt(byte* limitAndBase);

    [RuntimeImport("*", "CosmosTripleFault"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void TripleFault();

    [RuntimeImport("*", "CosmosInterruptStubs"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong InterruptStubs();
}
