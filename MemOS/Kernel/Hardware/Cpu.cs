using System.Runtime.InteropServices;
using Cosmos.Core.Boot;
using Cosmos.Core.Hardware;
using MemOS.Traps;

namespace MemOS.Hardware;

/// <summary>
/// What belongs to one processor, reached through GS while the kernel runs. Traps.asm knows the
/// offsets.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Cpu
{
    private const uint FsBase = 0xC0000100;
    private const uint GsBase = 0xC0000101;
    private const uint KernelGsBase = 0xC0000102;

    private static Cpu* _this;
    private static TaskState* _tasks;

    private Cpu* _self;
    private byte* _frameEnd;
    private byte* _stackTop;
    private readonly ulong _scratch;
    private ulong _work;
    private ulong _ownThreadPointer;
    private ulong _userThreadPointer;

    /// <summary>The base of FS as it is now.</summary>
    internal static ulong ReadThreadPointer() => Instruction.ReadMsr(FsBase);

    /// <summary>Whether the next time that the kernel stack is empty something is to be done.</summary>
    internal static void RequestEmptyStackWork() => _this->_work = 1;

    /// <summary>Takes the request back.</summary>
    internal static void EndEmptyStackWork() => _this->_work = 0;

    /// <summary>The next entry from ring 3 saves its registers here.</summary>
    internal static void SetContext(ThreadContext* context)
    {
        byte* end = (byte*)context + ThreadContext.FrameEnd;
        _this->_frameEnd = end;
        _tasks->Stack0 = (ulong)end;
    }

    /// <summary>The base of FS that the next return to ring 3 loads.</summary>
    internal static void SetThreadPointer(ulong pointer) => _this->_userThreadPointer = pointer;

    /// <summary>Makes the block known to the processor; the boot stack becomes the kernel's.</summary>
    /// <param name="block">Zeroed, never moved, never freed.</param>
    /// <param name="tasks">The task state segment that is loaded.</param>
    /// <param name="ownThreadPointer">The base of FS that C# of the kernel needs.</param>
    internal static void Install(Cpu* block, TaskState* tasks, ulong ownThreadPointer)
    {
        _this = block;
        _tasks = tasks;
        block->_self = block;
        block->_stackTop = KernelImage.StackTop();
        block->_ownThreadPointer = ownThreadPointer;
        // The segment registers were loaded anew, which cleared the bases.
        Instruction.WriteMsr(FsBase, ownThreadPointer);
        Instruction.WriteMsr(GsBase, (ulong)block);
        Instruction.WriteMsr(KernelGsBase, 0);
    }
}
