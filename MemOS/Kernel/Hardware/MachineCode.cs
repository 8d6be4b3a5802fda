using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Hardware;

/// <summary>The routines of Machine.asm and Traps.asm.</summary>
internal static unsafe class MachineCode
{
    [RuntimeImport("*", "MemosInvalidatePage"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void InvalidatePage(ulong address);

    [RuntimeImport("*", "MemosWriteCr4"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteCr4(ulong value);

    [RuntimeImport("*", "MemosWriteProtectionKeys"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteProtectionKeys(uint rights);

    [RuntimeImport("*", "MemosLoadTables"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadTables(
        byte* gdt, byte* idt, ushort dataSelector, ushort taskSelector);

    /// <summary>
    /// Loads null selectors into DS, ES, FS and GS; afterwards the base of FS is undefined.
    /// </summary>
    [RuntimeImport("*", "MemosClearSelectors"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ClearSelectors();

    [RuntimeImport("*", "MemosLoadSegmentTable"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadSegmentTable(byte* gdt);

    [RuntimeImport("*", "MemosZeroPages"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ZeroPages(byte* start, ulong bytes);

    [RuntimeImport("*", "MemosCopyPages"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void CopyPages(byte* to, byte* from, ulong bytes);

    /// <summary>Address of the entry of vector 0; the others follow, 16 bytes apart.</summary>
    [RuntimeImport("*", "MemosTrapEntries"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong TrapEntries();

    /// <summary>Address that SYSCALL goes to.</summary>
    [RuntimeImport("*", "MemosSyscallEntry"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong SyscallEntry();

    /// <summary>Where SYSCALL goes in a kernel that measures its entries.</summary>
    [RuntimeImport("*", "MemosMeasuredEntry"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong MeasuredEntry();

    /// <summary>Leaves the present stack for good and runs whatever is to run next.</summary>
    [RuntimeImport("*", "MemosEnterScheduler"), MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void EnterScheduler();
}
