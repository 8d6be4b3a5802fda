using System;
using System.Runtime.InteropServices;

namespace MemOS.Selftest;

/// <summary>All that a program has in the processor; Registers.asm knows the offsets.</summary>
/// <remarks>Lies at a multiple of 16.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Registers
{
    internal ulong Rax;
    internal ulong Rbx;
    internal ulong Rcx;
    internal ulong Rdx;
    internal ulong Rsi;
    internal ulong Rdi;
    internal ulong Rbp;
    internal ulong R8;
    internal ulong R9;
    internal ulong R10;
    internal ulong R11;
    internal ulong R12;
    internal ulong R13;
    internal ulong R14;
    internal ulong R15;
    internal ulong Flags;

    // FXSAVE, 64-bit form (Intel SDM 1, table 10-2).
    internal fixed byte Fpu[FpuBytes];

    private const int FpuBytes = 512;
    private const int FpuTags = 4;
    private const int Mxcsr = 24;
    private const int FpuStack = 32;
    private const int FpuStackEntry = 16;
    private const int FpuStackBytes = 10;
    private const int Vectors = 160;
    private const int VectorBytes = 16 * 16;

    // Every flag that a program may set, but for the trap flag: CF PF AF ZF SF IF DF OF NT AC ID.
    private const ulong AllFlags = 0x24_4ED7;
    private const ulong UsualFlags = 0x202;

    // Control words that are not the usual ones: no exceptions, round up, shortest mantissa.
    private const ushort OddControl = 0x87F;
    private const ushort OddStatus = 3 << 11;
    private const uint OddMxcsr = 0xDFC0;

    /// <summary>Sets every register to something that no other seed gives.</summary>
    internal void Fill(ulong seed)
    {
        ulong value = seed;
        fixed (ulong* first = &Rax)
        {
            // Safe: the general registers lie side by side.
            for (int i = 0; i < 15; i++)
                first[i] = Mix(ref value);
        }
        Flags = seed % 2 == 0 ? UsualFlags : AllFlags;
        fixed (byte* fpu = Fpu)
        {
            // Safe: all offsets lie in the area.
            new Span<byte>(fpu, FpuBytes).Clear();
            *(ushort*)fpu = OddControl;
            *(ushort*)(fpu + 2) = OddStatus;
            fpu[FpuTags] = 0xFF;
            *(uint*)(fpu + Mxcsr) = OddMxcsr;
            for (int i = 0; i < 8; i++)
            {
                byte* entry = fpu + FpuStack + (i * FpuStackEntry);
                // A number with its integer bit, as a load from memory would leave it.
                *(ulong*)entry = Mix(ref value) | (1UL << 63);
                *(ushort*)(entry + 8) = (ushort)(0x3FFF + i);
            }
            for (int i = 0; i < VectorBytes; i += sizeof(ulong))
                *(ulong*)(fpu + Vectors + i) = Mix(ref value);
        }
    }

    /// <summary>
    /// Whether all that a call keeps is the same: everything but RAX, RCX, R11 and the registers
    /// of values.
    /// </summary>
    internal bool KeepsAllOf(in Registers before) =>
        Rbx == before.Rbx && Rbp == before.Rbp && R12 == before.R12 && R13 == before.R13
        && R14 == before.R14 && R15 == before.R15 && Flags == before.Flags && HasFpuOf(before);

    /// <summary>Whether the registers of values from the given one on are the same.</summary>
    /// <param name="before">What they were.</param>
    /// <param name="from">How many of them may differ.</param>
    internal bool KeepsValuesOf(in Registers before, int from) =>
        (from > 0 || Rdx == before.Rdx) && (from > 1 || Rdi == before.Rdi)
        && (from > 2 || Rsi == before.Rsi) && (from > 3 || R8 == before.R8)
        && R9 == before.R9 && R10 == before.R10;

    private bool HasFpuOf(in Registers before)
    {
        fixed (byte* now = Fpu, then = before.Fpu)
        {
            // Safe: all offsets lie in the area. The last instruction's address and MXCSR's mask,
            // which lie in between, are not a program's.
            bool isSame = *(uint*)now == *(uint*)then && now[FpuTags] == then[FpuTags]
                && *(uint*)(now + Mxcsr) == *(uint*)(then + Mxcsr);
            for (int i = 0; i < 8; i++)
            {
                int at = FpuStack + (i * FpuStackEntry);
                isSame &= new Span<byte>(now + at, FpuStackBytes).SequenceEqual(
                    new Span<byte>(then + at, FpuStackBytes));
            }
            return isSame && new Span<byte>(now + Vectors, VectorBytes).SequenceEqual(
                new Span<byte>(then + Vectors, VectorBytes));
        }
    }

    // The step of a linear congruential generator: good enough to be different.
    private static ulong Mix(ref ulong value) =>
        value = (value * 6364136223846793005) + 1442695040888963407;
}
