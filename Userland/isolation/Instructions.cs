using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Isolation;

/// <summary>Instructions.asm, one method an attempt.</summary>
internal static class Instructions
{
    [RuntimeImport("*", "IsolationReadPort")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ReadPort();

    [RuntimeImport("*", "IsolationWritePort")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WritePort();

    [RuntimeImport("*", "IsolationDisableInterrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void DisableInterrupts();

    [RuntimeImport("*", "IsolationHalt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Halt();

    [RuntimeImport("*", "IsolationReadPageTableRoot")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ReadPageTableRoot();

    [RuntimeImport("*", "IsolationWritePageTableRoot")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WritePageTableRoot();

    [RuntimeImport("*", "IsolationWriteModelRegister")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void WriteModelRegister();

    [RuntimeImport("*", "IsolationLoadDescriptorTable")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void LoadDescriptorTable();

    [RuntimeImport("*", "IsolationStoreDescriptorTable")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void StoreDescriptorTable();

    [RuntimeImport("*", "IsolationInvalidatePage")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void InvalidatePage();

    [RuntimeImport("*", "IsolationHasUserModeInstructionPrevention")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern int HasUserModeInstructionPrevention();

    [RuntimeImport("*", "IsolationSoftwareInterrupt")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SoftwareInterrupt();
}
