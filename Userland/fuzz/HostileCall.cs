using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MemOS.Fuzz;

/// <summary>All general registers; Fuzz.asm knows the offsets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Registers
{
    /// <summary>How many there are, flags not counted.</summary>
    internal const int Count = 16;

    internal const int Rax = 0;
    internal const int Rdx = 3;
    internal const int Rdi = 5;
    internal const int Rsp = 7;

    internal fixed ulong General[Count];
    internal ulong Flags;
}

/// <summary>Fuzz.asm.</summary>
internal static unsafe class HostileCall
{
    /// <summary>Executes SYSCALL with these registers, whatever they are.</summary>
    /// <param name="registers">What they are; afterwards what the call has left in them.</param>
    /// <param name="code">The call's code if it may make a thread.</param>
    [RuntimeImport("*", "FuzzCall"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Make(Registers* registers, byte code);

    /// <summary>A handler for any signal.</summary>
    [RuntimeImport("*", "FuzzHandler"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Handler();

    /// <summary>Sets the page with which the handler answers a backer's request.</summary>
    [RuntimeImport("*", "FuzzAnswer"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SetAnswer(ulong page);
}
