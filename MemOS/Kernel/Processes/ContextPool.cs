using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Traps;

namespace MemOS.Processes;

/// <summary>
/// Memory for threads' contexts, which the processor writes to by itself: pages of the kernel's
/// heap window, cut into contexts. A context that is given back serves the next thread.
/// </summary>
internal static unsafe class ContextPool
{
    // A multiple of the 64 bytes of a cache line.
    private const int ContextBytes = 704;

    // What FXSAVE leaves on a processor that has just been set up (Intel SDM 1, table 10-2).
    private const ushort DefaultControl = 0x37F;
    private const uint DefaultMxcsr = 0x1F80;
    private const int MxcsrOffset = 24;

    // The first word of a context that no thread has leads to the next such one.
    private static ThreadContext* _free;

    /// <summary>
    /// Makes a context that enters ring 3, with all general registers 0 until they are set; null
    /// when memory is out.
    /// </summary>
    internal static ThreadContext* Create()
    {
        const ulong InterruptsOn = 0x202;
        if (_free == null && !Grow())
            return null;
        ThreadContext* context = _free;
        _free = *(ThreadContext**)context;
        *context = default;
        ResetFpu(context);
        context->Cs = DescriptorTables.UserCode;
        context->Ss = DescriptorTables.UserData;
        context->Rflags = InterruptsOn;
        return context;
    }

    /// <summary>
    /// Sets the x87 and SSE state to that after a reset, but for the registers' contents.
    /// </summary>
    internal static void ResetFpu(ThreadContext* context)
    {
        // The control word; the status and the tags, which follow, are 0: no register is in use.
        *(ulong*)context->Fpu = DefaultControl;
        *(uint*)(context->Fpu + MxcsrOffset) = DefaultMxcsr;
    }

    /// <summary>Takes a context back.</summary>
    internal static void Return(ThreadContext* context)
    {
        *(ThreadContext**)context = _free;
        _free = context;
    }

    // Safe: the contexts lie side by side within the page that has just been mapped.
    private static bool Grow()
    {
        byte* page = HeapWindow.Allocate(PageSizes.SmallBytes);
        if (page == null)
            return false;
        for (int at = 0; at + ContextBytes <= PageSizes.SmallBytes; at += ContextBytes)
            Return((ThreadContext*)(page + at));
        return true;
    }
}
