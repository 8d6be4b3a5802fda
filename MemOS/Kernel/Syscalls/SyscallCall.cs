using Cosmos.Runtime.Heap;
using MemOS.Abi;
using MemOS.Backers;
using MemOS.Devices;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory.Addresses;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Faults;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Syscalls;

/// <summary>A system call of the running thread.</summary>
internal unsafe ref struct SyscallCall
{
    // The instruction SYSCALL, 0F 05: a parked thread makes its call again.
    private const ulong InstructionBytes = 2;
    private const ulong NanosecondsPerMillisecond = 1_000_000;

    // In RAX of a call that was put off, so that calls which were not have nothing to ask.
    private const ulong PutOffMarker = 0;

    private readonly Thread _thread;

    internal SyscallCall(Thread thread, byte* arguments)
    {
        _thread = thread;
        Arguments = new SyscallArguments(arguments);
    }

    /// <summary>A call whose arguments were taken before.</summary>
    internal SyscallCall(Thread thread)
        : this(thread, null)
    {
    }

    /// <summary>The arguments, to be taken in their order.</summary>
    internal SyscallArguments Arguments;

    /// <summary>The thread that calls.</summary>
    internal readonly Thread Thread => _thread;

    /// <summary>Who calls.</summary>
    internal readonly Process Caller => _thread.Process;

    /// <summary>The caller's memory.</summary>
    internal readonly AddressSpace<MachineMemory> Space => _thread.Process.LiveSpace;

    /// <summary>
    /// Whether a number is an address of the caller's, mapped or not, which the processor takes
    /// for an instruction, a stack or a base: one that five levels of page tables alone reach is
    /// not where there are four.
    /// </summary>
    internal readonly bool IsPlace(ulong number, out VirtualAddress address) =>
        VirtualAddress.TryCreate(number, out address) && address.IsUserHalf
            && Space.Table.Width.Reaches(address.Page);

    /// <summary>The call succeeded.</summary>
    internal readonly SyscallOutcome Finish() => Fail(ErrorCode.None);

    /// <summary>The call succeeded, with a value.</summary>
    internal readonly SyscallOutcome Finish(ulong value)
    {
        _thread.Context->Rdx = value;
        return Fail(ErrorCode.None);
    }

    /// <summary>The call succeeded, with two values.</summary>
    internal readonly SyscallOutcome Finish(ulong value0, ulong value1)
    {
        _thread.Context->Rdi = value1;
        return Finish(value0);
    }

    /// <summary>The call succeeded, with three values.</summary>
    internal readonly SyscallOutcome Finish(ulong value0, ulong value1, ulong value2)
    {
        _thread.Context->Rsi = value2;
        return Finish(value0, value1);
    }

    /// <summary>The call succeeded, with four values.</summary>
    internal readonly SyscallOutcome Finish(
        ulong value0, ulong value1, ulong value2, ulong value3)
    {
        _thread.Context->R8 = value3;
        return Finish(value0, value1, value2);
    }

    /// <summary>The call succeeded, with six values.</summary>
    internal readonly SyscallOutcome Finish(
        ulong value0, ulong value1, ulong value2, ulong value3, ulong value4, ulong value5)
    {
        _thread.Context->R9 = value4;
        _thread.Context->R10 = value5;
        return Finish(value0, value1, value2, value3);
    }

    /// <summary>There is no memory, even after the kernel's garbage is collected.</summary>
    internal readonly SyscallOutcome FailWithoutMemory() =>
        TryCollectFirst() ? SyscallOutcome.Restarted : Fail(ErrorCode.NoMemory);

    /// <summary>
    /// The call failed and has changed nothing; or, if its memory is waited for, starts over.
    /// </summary>
    internal readonly SyscallOutcome Fail(ErrorCode error)
    {
        if (error == UserMemory.IsAwaited)
            return SyscallOutcome.Parked;
        _thread.Call = default;
        _thread.Context->Rax = (ulong)error;
        return SyscallOutcome.Finished;
    }

    /// <summary>Whether the call has asked for its deadline before, and then was parked.</summary>
    internal readonly bool IsRestart => _thread.Call.Deadline is not null;

    /// <summary>When the call gives up. The first wish counts, not those after a restart.</summary>
    /// <param name="milliseconds">How long it may take.</param>
    internal readonly ulong Deadline(uint milliseconds) =>
        _thread.Call.Deadline ??= Timer.Now + (milliseconds * NanosecondsPerMillisecond);

    /// <summary>
    /// Starts the call over once the kernel's garbage is collected, as that may give memory back.
    /// Only once a call: false when that has been done.
    /// </summary>
    internal readonly bool TryCollectFirst()
    {
        if (_thread.Call.Collection.IsAsked)
            return false;
        _thread.Call.Collection = ManagedHeap.Request();
        PutOff();
        return true;
    }

    /// <summary>
    /// Starts the call over at once, as it has done a piece of what it has to do: interrupts come
    /// first, and others may get their turn.
    /// </summary>
    internal readonly SyscallOutcome StartOver()
    {
        _thread.Context->Rip -= InstructionBytes;
        return SyscallOutcome.Restarted;
    }

    /// <summary>
    /// Whether the call that a thread makes anew, without the marker, is one that was put off for
    /// a collection and may go on. If it has to be put off again it is.
    /// </summary>
    internal readonly bool MayGoOn(ThreadContext* context)
    {
        if (!_thread.Call.Collection.IsAsked || context->Rax != PutOffMarker)
        {
            Fail(ErrorCode.NoSuchSyscall);
            return false;
        }
        if (!ManagedHeap.IsDone(_thread.Call.Collection))
        {
            PutOff();
            return false;
        }
        context->Rax = SyscallConvention.Marker;
        return true;
    }

    // The thread makes its call again and again, and each time a slice of the collection is done
    // on the way out: in its own time, with interrupts and other threads in between.
    private readonly void PutOff()
    {
        _thread.Context->Rip -= InstructionBytes;
        _thread.Context->Rax = PutOffMarker;
        Cpu.RequestEmptyStackWork();
    }

    /// <summary>
    /// Finishes the call that another thread is parked in, without values: that one wakes.
    /// </summary>
    internal static void FinishParked(Thread thread)
    {
        thread.Context->Rip += InstructionBytes;
        thread.Context->Rax = (ulong)ErrorCode.None;
        thread.Call = default;
        Scheduler.MakeReady(thread);
    }

    /// <summary>
    /// Finishes the call of a thread that the kernel did in pieces, with a value.
    /// </summary>
    internal static void Finish(Thread thread, ulong value) =>
        new SyscallCall(thread).Finish(value);

    /// <summary>
    /// Parks the caller until somebody wakes those who wait for a word; when the time does or a
    /// signal, the call starts over.
    /// </summary>
    internal readonly SyscallOutcome ParkForWord(in Word word, ulong deadline)
    {
        WordWaits.Add(_thread.Word, word);
        return Park(WaitReason.Word, deadline);
    }

    /// <summary>
    /// Asks the backer of the caller's memory for a page: the call starts over when it is there, or
    /// cannot be had.
    /// </summary>
    /// <param name="thread">The running thread.</param>
    /// <param name="fault">What the kernel would do for it.</param>
    /// <returns>IsAwaited, or why the page cannot be had.</returns>
    internal static ErrorCode AwaitPage(Thread thread, in PageFault fault)
    {
        BackerFailure failure = thread.Call.FailedPage == fault.Address.Page
            ? thread.Call.PageFailure
            : BackerFailure.None;
        if (failure == BackerFailure.None)
            failure = BackerRequests.AskForPage(thread, fault, BackerUse.Call);
        if (failure != BackerFailure.None)
        {
            return failure == BackerFailure.NoMemory
                ? ErrorCode.NoMemory
                : ErrorCode.BadPointer;
        }
        thread.Context->Rip -= InstructionBytes;
        return UserMemory.IsAwaited;
    }

    /// <summary>Starts the call over at once, as a piece of what makes its memory there is done.
    /// </summary>
    /// <returns>IsAwaited.</returns>
    internal static ErrorCode AwaitNextPiece(Thread thread)
    {
        thread.Context->Rip -= InstructionBytes;
        return UserMemory.IsAwaited;
    }

    /// <summary>Parks the caller; the call starts over when it wakes.</summary>
    /// <param name="reason">What wakes it.</param>
    /// <param name="deadline">When the time does, or Thread.Never.</param>
    internal readonly SyscallOutcome Park(WaitReason reason, ulong deadline)
    {
        _thread.Context->Rip -= InstructionBytes;
        Scheduler.Park(reason, deadline);
        return SyscallOutcome.Parked;
    }
}
