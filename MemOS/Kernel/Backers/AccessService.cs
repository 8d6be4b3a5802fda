using System;
using MemOS.Faults;
using MemOS.Hardware;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Instructions.Registers;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.Faults;
using MemOS.Memory.Segments;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// Serves instructions that use memory whose backer answers for each access: the kernel performs
/// them in the processor's place, and asks for one load or store after another. The thread is in
/// ring 3 again only when its instruction is done, or has failed. See docs/fault-path.md.
/// </summary>
internal static unsafe class AccessService
{
    private static InstructionPerformer? _performer;
    private static ServedMemory? _memory;

    /// <summary>
    /// Makes what performs instructions, with the decoder's tables; after that nothing is
    /// allocated.
    /// </summary>
    internal static void Start()
    {
        _memory = new ServedMemory();
        _performer = new InstructionPerformer();
    }

    /// <summary>Performs the instruction that faulted, as far as it goes at once.</summary>
    /// <param name="thread">The running thread.</param>
    /// <param name="fault">What it did, in a mapping whose accesses are served.</param>
    internal static void Begin(Thread thread, in PageFault fault)
    {
        Span<byte> code = stackalloc byte[ServedInstruction.MostBytes];
        _memory!.Enter(thread.Process);
        int length = VirtualAddress.TryCreate(thread.Context->Rip, out VirtualAddress start)
            ? _memory.Fetch(start, code)
            : 0;
        thread.Backing.Start(new ServedInstruction(code[..length], fault.Address), fault);
        Continue(thread);
    }

    /// <summary>Goes on with the instruction that is under way, as far as its answers go.</summary>
    /// <param name="thread">The running thread.</param>
    internal static void Continue(Thread thread)
    {
        BackerWait wait = thread.Backing;
        if (wait.Queue is not null)
        {
            // A handler came in between; what the backer was told once it is not told again.
            Scheduler.Park(WaitReason.Backer, wait.Limit);
            return;
        }
        wait.TakeAnswer();
        _memory!.Enter(thread.Process);
        ContextRegisters.Read(thread, out RegisterFile registers);
        PerformOutcome outcome = _performer!.Perform(
            in wait.Instruction, _memory, ref registers, out MemoryAccess wanted);
        switch (outcome)
        {
            case PerformOutcome.Wants:
                Ask(thread, wanted);
                break;
            case PerformOutcome.Refused:
                Refuse(thread);
                break;
            case PerformOutcome.Done:
                ContextRegisters.Write(thread, ref registers);
                wait.EndInstruction();
                break;
            default:
                Fail(thread, wait.Fault, BackerFailure.NotServable);
                break;
        }
        _memory.Leave();
    }

    private static void Ask(Thread thread, in MemoryAccess access)
    {
        bool isServed = _memory!.TryFindServed(
            access.Address, out SegmentRegion<MachineMemory> mapping);
        Ensure.That(isServed, "what is wanted is served");
        PageFault fault = new(access.Address, access.Kind);
        if (!mapping.Rights.Allows(access.Kind))
        {
            Fail(thread, fault, BackerFailure.None);
            return;
        }
        ulong offset = mapping.PageOf(access.Address.Page).Bytes
            + (ulong)access.Address.OffsetInPage;
        uint bytes = (uint)access.Size;
        BackerRequest request = access.Kind == Access.Write
            ? BackerRequest.ForStore(offset, bytes, access.Value)
            : BackerRequest.ForLoad(offset, bytes);
        thread.Backing.Want(access);
        BackerFailure failure = BackerRequests.Ask(
            thread, (BackedSegment<MachineMemory>)mapping.Segment, request, fault,
            BackerUse.Instruction);
        if (failure != BackerFailure.None)
            Fail(thread, fault, failure);
    }

    // The instruction's other operand lies in ordinary memory, which may have a backer too.
    private static void Refuse(Thread thread)
    {
        if (_memory!.Outcome == FaultOutcome.Unfinished)
        {
            thread.Backing.IsPausing = true;
            Cpu.RequestErrand();
            return;
        }
        PageFault fault = _memory.Fault;
        BackerFailure failure = _memory.Outcome switch
        {
            FaultOutcome.Parked =>
                BackerRequests.AskForPage(thread, fault, BackerUse.Instruction),
            FaultOutcome.OutOfMemory => BackerFailure.NoMemory,
            _ => BackerFailure.None,
        };
        if (_memory.Outcome != FaultOutcome.Parked || failure != BackerFailure.None)
            Fail(thread, fault, failure);
    }

    private static void Fail(Thread thread, in PageFault fault, BackerFailure failure)
    {
        thread.Backing.EndInstruction();
        UserFaults.Fail(thread, fault, failure);
    }
}
