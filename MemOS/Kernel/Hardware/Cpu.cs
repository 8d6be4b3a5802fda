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
    private const uint GsBase = 0xC0000101;
    private const uint KernelGsBase = 0xC0000102;

    // What waits, in _work.
    private const ulong EmptyStackWork = 1;
    private const ulong Errand = 2;
    private const ulong Measurement = 4;

    // Empty-stack work that never ends. Traps.asm looks at the lower half alone.
    private const int RepeatedShift = 32;

    private static Cpu* _this;
    private static TaskState* _tasks;

    private readonly Cpu* _self;
    private ThreadContext* _context;
    private byte* _stackTop;
    private readonly ulong _scratch;
    private ulong _work;
    private ulong _pause;

    /// <summary>Whether something is to be done before a program runs.</summary>
    internal static bool HasWork => _this->_work != 0;

    /// <summary>Whether the running thread has something to do before it goes on.</summary>
    internal static bool HasErrand => (_this->_work & Errand) != 0;

    /// <summary>Whether something waits for the kernel's stack to be empty.</summary>
    internal static bool HasEmptyStackWork => (_this->_work & EmptyStackWork) != 0;

    /// <summary>Whether the present entry into the kernel is measured.</summary>
    internal static bool IsMeasured => (_this->_work & Measurement) != 0;

    /// <summary>The present entry is measured, up to its end.</summary>
    internal static void BeginMeasurement() => _this->_work |= Measurement;

    /// <summary>The entry ends.</summary>
    internal static void EndMeasurement() => _this->_work &= ~Measurement;

    /// <summary>Has something done the next time that the kernel stack is empty.</summary>
    internal static void RequestEmptyStackWork() => _this->_work |= EmptyStackWork;

    /// <summary>Takes the request back.</summary>
    internal static void EndEmptyStackWork() => _this->_work &= ~EmptyStackWork;

    /// <summary>
    /// From now on has every system call, and whatever ends a wait, followed by empty-stack work.
    /// </summary>
    internal static void AlwaysRequestEmptyStackWork() =>
        _this->_work |= EmptyStackWork << RepeatedShift;

    /// <summary>Requests it if it is always to be requested.</summary>
    internal static void RepeatEmptyStackWork() => _this->_work |= _this->_work >> RepeatedShift;

    /// <summary>Has the running thread looked at before it goes on (Scheduler.Next).</summary>
    internal static void RequestErrand() => _this->_work |= Errand;

    /// <summary>
    /// Has interrupts let in once, and then the scheduler asked to go on (Scheduler.Continue),
    /// instead of waiting for an interrupt. Only where no thread is to be resumed; whichever is
    /// then is looked at in any case.
    /// </summary>
    internal static void Pause()
    {
        _this->_pause = 1;
        EndErrand();
    }

    /// <summary>Whether there is to be a pause.</summary>
    internal static bool IsPausing => _this->_pause != 0;

    /// <summary>The pause is over.</summary>
    internal static void EndPause() => _this->_pause = 0;

    /// <summary>Takes the request back.</summary>
    internal static void EndErrand() => _this->_work &= ~Errand;

    /// <summary>The next entry from ring 3 saves its registers here.</summary>
    internal static void SetContext(ThreadContext* context)
    {
        _this->_context = context;
        _tasks->Stack0 = (ulong)context + ThreadContext.FrameEnd;
    }

    /// <summary>
    /// The block of this processor: the end of its thread block, where C# keeps the pointer to
    /// itself and leaves the rest free (Cosmos.Runtime's ThreadBlock).
    /// </summary>
    // Safe: the runtime made the block at its start, and it never goes away.
    internal static Cpu* Find() => (Cpu*)Instruction.ReadMsr(GsBase);

    /// <summary>
    /// Makes the block known to the processor; the boot stack becomes the kernel's.
    /// </summary>
    /// <param name="block">What <see cref="Find"/> found before GS was loaded anew.</param>
    /// <param name="tasks">The task state segment that is loaded.</param>
    internal static void Install(Cpu* block, TaskState* tasks)
    {
        _this = block;
        _tasks = tasks;
        block->_stackTop = KernelImage.StackTop();
        Instruction.WriteMsr(GsBase, (ulong)block);
        Instruction.WriteMsr(KernelGsBase, 0);
    }
}
