using System.Runtime.InteropServices;

namespace MemOS.Traps;

/// <summary>
/// All that a thread has in the processor, as Traps.asm leaves it and knows it by its offsets. Lies
/// in unmanaged memory, 16-aligned.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadContext
{
    /// <summary>Bytes from the start to the end of the frame that the processor pushes.</summary>
    internal const int FrameEnd = 688;

    private const int FpuBytes = 512;

    /// <summary>x87 and SSE state (FXSAVE, 64-bit form).</summary>
    internal fixed byte Fpu[FpuBytes];

    internal ulong R15;
    internal ulong R14;
    internal ulong R13;
    internal ulong R12;
    internal ulong R11;
    internal ulong R10;
    internal ulong R9;
    internal ulong R8;
    internal ulong Rdi;
    internal ulong Rsi;
    internal ulong Rbp;
    internal ulong Rbx;
    internal ulong Rdx;
    internal ulong Rcx;
    internal ulong Rax;
    internal Vector Vector;
    internal ulong ErrorCode;
    internal ulong Rip;
    internal ulong Cs;
    internal ulong Rflags;
    internal ulong Rsp;
    internal ulong Ss;
}
