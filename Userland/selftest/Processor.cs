using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Selftest;

/// <summary>Registers.asm.</summary>
internal static unsafe class Processor
{
    /// <summary>Whether memory can be for execution alone.</summary>
    internal static bool HasProtectionKeys => ProtectionKeys() != 0;

    /// <summary>Makes a system call with all registers set.</summary>
    [RuntimeImport("*", "SelftestCall")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Call(Registers* registers);

    /// <summary>Holds the registers for as many rounds as RCX says.</summary>
    [RuntimeImport("*", "SelftestHold")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Hold(Registers* registers);

    /// <summary>
    /// Loads RAX from where RDX points, with all registers set; once, where FaultHandler handles
    /// the fault, from the page before.
    /// </summary>
    [RuntimeImport("*", "SelftestFault")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Fault(Registers* registers);

    /// <summary>Where the fault is to be told.</summary>
    [RuntimeImport("*", "SelftestFaultHandler")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong FaultHandler();

    /// <summary>Sets the base of FS, hands over, and exits with what lies at FS:0.</summary>
    [RuntimeImport("*", "SelftestThreadPointer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ExitByThreadPointer(byte* set, byte* handOver, byte* exit);

    /// <summary>Makes a call with RSP set to anything, also in the copy that it makes.</summary>
    /// <param name="block">The block.</param>
    /// <param name="stack">What RSP is.</param>
    /// <param name="values">Room for RDX, RDI and RSP as they are afterwards.</param>
    /// <param name="uses">Not 0: a copy pushes a word first.</param>
    /// <returns>The error.</returns>
    [RuntimeImport("*", "SelftestCallOnStack")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong CallOnStack(
        byte* block, ulong stack, ulong* values, ulong uses);

    /// <summary>
    /// Starts a thread that makes a call again and again, and needs no stack for that.
    /// </summary>
    /// <param name="create">The block of CREATE_THREAD.</param>
    /// <param name="sleep">The block of the thread's call.</param>
    /// <returns>The error.</returns>
    [RuntimeImport("*", "SelftestStartSleeper")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong StartSleeper(byte* create, byte* sleep);

    /// <summary>DS, ES, FS and GS, 16 bits each.</summary>
    [RuntimeImport("*", "SelftestSelectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Selectors();

    /// <summary>Hands over again and again with a selector of ring 3 in all four.</summary>
    [RuntimeImport("*", "SelftestSpreadSelectors")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SpreadSelectors(byte* handOver);

    [RuntimeImport("*", "SelftestHasProtectionKeys")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern int ProtectionKeys();
}
