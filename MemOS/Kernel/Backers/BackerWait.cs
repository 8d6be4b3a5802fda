using MemOS.Instructions.Accesses;
using MemOS.Mapping;
using MemOS.Memory.Faults;
using MemOS.Memory.Segments;
using MemOS.Memory.Signals;
using MemOS.Processes;

namespace MemOS.Backers;

/// <summary>
/// What a thread wants of a backer, and its place among those who do. A handler in between has one
/// of its own (SignalFrame), so that what it interrupted stays as it is.
/// </summary>
internal sealed class BackerWait : ListNode<BackerWait>
{
    /// <summary>
    /// The instruction that is performed in the processor's place, with the answers that it has
    /// got; only while <see cref="IsUnderWay"/>.
    /// </summary>
    // A field, as it is passed on by reference.
    internal ServedInstruction Instruction;

    private MemoryAccess _wanted;
    private bool _hasAnswer;

    /// <summary>Whose it is: set before anything is wanted.</summary>
    internal Thread? Thread { get; set; }

    /// <summary>What is to be served; null if the thread never wanted anything.</summary>
    internal BackedSegment<MachineMemory>? Segment { get; private set; }

    /// <summary>What is wanted.</summary>
    internal BackerRequest Request { get; private set; }

    /// <summary>Who wants it: an instruction or a system call.</summary>
    internal BackerUse Use { get; private set; }

    /// <summary>How many requests wait for one another, this one the last.</summary>
    internal int Length { get; private set; }

    /// <summary>What it does with its memory.</summary>
    internal PageFault Fault { get; private set; }

    /// <summary>When it gives up.</summary>
    internal ulong Limit { get; set; }

    /// <summary>What came of it, until the thread has been told.</summary>
    internal BackerFailure Failure { get; set; }

    /// <summary>
    /// Whether an instruction is performed in the processor's place: until it is done or has
    /// failed, the thread runs nothing else here.
    /// </summary>
    internal bool IsUnderWay { get; private set; }

    /// <summary>
    /// Whether the instruction that is under way goes on after a pause, in which interrupts are let
    /// in, as a piece of what it needs is done.
    /// </summary>
    internal bool IsPausing { get; set; }

    /// <summary>Whether the backer's handler has been told of it.</summary>
    internal bool IsAsked { get; set; }

    /// <summary>
    /// Whether the backer has been told of a load or store, which it may have done: it is told
    /// once only, whatever the thread does meanwhile.
    /// </summary>
    internal bool IsBinding => IsAsked && !Request.IsForPage;

    /// <summary>Whether the thread waits for this, and is not in a handler meanwhile.</summary>
    internal bool IsParked => Thread is
    { State: ThreadState.Waiting, Waiting: WaitReason.Backer } && Thread.Backing == this;

    /// <summary>Where it waits; null while it does not.</summary>
    internal BackerQueue? Queue { get; set; }

    /// <summary>Who is asked.</summary>
    internal ServingProcess Backer => (ServingProcess)Segment!.Backer;

    /// <summary>What the handler is told.</summary>
    internal Signal Signal => new(
        Request.Code, Backer.Segment, Request.Offset, Request.Manner, Request.Data);

    /// <summary>The thread wants something; it does not wait yet.</summary>
    internal void Begin(
        BackedSegment<MachineMemory> segment, in BackerRequest request, in PageFault fault,
        BackerUse use, int length)
    {
        Length = length;
        Segment = segment;
        Request = request;
        Fault = fault;
        Use = use;
        Failure = BackerFailure.None;
        IsAsked = false;
        _hasAnswer = false;
    }

    /// <summary>The backer has done what was wanted.</summary>
    /// <param name="value">What a load gave; no matter for others.</param>
    internal void Answer(ulong value)
    {
        if (Request.IsForPage)
            return;
        _wanted = _wanted with { Value = value };
        _hasAnswer = true;
    }

    /// <summary>An instruction is to be performed in the processor's place.</summary>
    internal void Start(in ServedInstruction instruction, in PageFault fault)
    {
        Instruction = instruction;
        Fault = fault;
        IsUnderWay = true;
        _hasAnswer = false;
    }

    /// <summary>The access that the instruction wants next.</summary>
    internal void Want(in MemoryAccess access) => _wanted = access;

    /// <summary>Notes the answer to it, if there is one.</summary>
    internal void TakeAnswer()
    {
        if (_hasAnswer)
            Instruction.Complete(_wanted, _wanted.Value);
        _hasAnswer = false;
    }

    /// <summary>Its thread has ended: nothing is wanted any more.</summary>
    internal void Forget()
    {
        BackerQueue.Remove(this);
        Failure = BackerFailure.None;
        EndInstruction();
    }

    /// <summary>The instruction is done, or has failed.</summary>
    internal void EndInstruction()
    {
        IsUnderWay = false;
        _hasAnswer = false;
    }
}
