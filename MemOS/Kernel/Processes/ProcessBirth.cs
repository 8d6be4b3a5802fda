using MemOS.Abi;
using MemOS.Hardware;
using MemOS.Mapping;
using MemOS.Memory;
using MemOS.Memory.AddressSpaces;
using MemOS.Memory.Segments;
using MemOS.Segments;
using MemOS.Syscalls;

namespace MemOS.Processes;

/// <summary>
/// A copy of a process while it is made (CREATE_PROCESS), in pieces where the process has many
/// regions. Until it is born nobody can name the child, and nothing is told or given to it. The
/// parent is held meanwhile: whichever of its threads is chosen for the processor does a piece
/// instead, so nothing of what is copied changes but what others take back of it. Then all begins
/// anew, without what was taken: that comes to an end, as nothing can be added.
/// </summary>
internal sealed class ProcessBirth : IInheritance<MachineMemory>
{
    // Why the child cannot be born, so that it is undone.
    private enum Obstacle : byte
    {
        None,
        NoMemory,
        OverLimit,
        Outdated,
    }

    // About what all of a process but its regions takes, in instructions.
    private const ulong ConceptionCost = 10_000;

    private readonly Thread _caller;
    private readonly ulong _data;

    // Null before it is begun, and once it is undone.
    private Process? _child;

    private Obstacle _obstacle;

    /// <summary>A birth that is yet to begin.</summary>
    /// <param name="caller">The thread that calls, and that the child gets a copy of.</param>
    /// <param name="data">What is told to both in the end.</param>
    internal ProcessBirth(Thread caller, ulong data)
    {
        _caller = caller;
        _data = data;
    }

    private Process Parent => _caller.Process;

    /// <summary>
    /// Does the first piece, in the call itself; what is left is done after pauses. The heap has
    /// what <see cref="ProcessTable.HeapForCopy"/> says.
    /// </summary>
    internal SyscallOutcome Begin()
    {
        WorkBudget budget = WorkBudget.Piece;
        SyscallOutcome outcome = Continue(ref budget);
        if (outcome == SyscallOutcome.Underway)
        {
            Parent.Birth = this;
            Cpu.RequestErrand();
        }
        return outcome;
    }

    /// <summary>Does a piece, after a pause; the call is finished with the last.</summary>
    internal void GoOn()
    {
        WorkBudget budget = WorkBudget.Piece;
        SyscallOutcome outcome = _obstacle == Obstacle.None
            ? ContinueWithHeap(ref budget)
            : Continue(ref budget);
        if (outcome == SyscallOutcome.Underway)
            return;
        Parent.Birth = null;
        // All registers of the caller are in its context.
        if (_caller.Newborn is not null)
            Scheduler.Bear(_caller);
    }

    /// <summary>
    /// Takes back all that was made, as the parent comes to its end.
    /// </summary>
    /// <returns>False: a piece is done, and there is more to do.</returns>
    internal bool TryUndo(ref WorkBudget budget)
    {
        if (_child is not null && !ProcessTable.TryUnmake(_child, ref budget))
            return false;
        _child = null;
        return true;
    }

    /// <inheritdoc/>
    public bool TryInherit(Segment<MachineMemory> segment) =>
        SegmentTable.TryInherit(Parent, _child!, segment);

    private SyscallOutcome ContinueWithHeap(ref WorkBudget budget)
    {
        ulong need = ProcessTable.HeapForCopy(Parent);
        if (!MemoryShortage.TryRaiseFor(need))
        {
            _obstacle = Obstacle.NoMemory;
            return Continue(ref budget);
        }
        SyscallOutcome outcome = Continue(ref budget);
        MemoryShortage.Check(SyscallCode.CreateProcess, need);
        HeapWindow.Lower();
        return outcome;
    }

    private SyscallOutcome Continue(ref WorkBudget budget)
    {
        if (_obstacle == Obstacle.None && TryMake(ref budget))
            return Finish();
        if (_obstacle == Obstacle.None || !TryUndo(ref budget))
            return SyscallOutcome.Underway;
        SyscallCall call = new(_caller);
        switch (_obstacle)
        {
            case Obstacle.NoMemory:
                return call.FailWithoutMemory();
            case Obstacle.OverLimit:
                return call.Fail(ErrorCode.NoMemory);
            default:
                // From the beginning, in the next piece.
                _obstacle = Obstacle.None;
                return SyscallOutcome.Underway;
        }
    }

    // False: there is an obstacle, or more to do.
    private bool TryMake(ref WorkBudget budget)
    {
        if (Parent.Job.IsClosed)
        {
            _obstacle = Obstacle.OverLimit;
            return false;
        }
        if (_child is null && !TryConceive(ref budget))
            return false;
        AddressSpace<MachineMemory> space = _child!.LiveSpace;
        VmStatus status = space.IsOutdated
            ? VmStatus.Refused
            : space.TryGoOnCopying(this, ref budget);
        _obstacle = status switch
        {
            VmStatus.Done or VmStatus.Unfinished => Obstacle.None,
            VmStatus.Refused => Obstacle.Outdated,
            _ => Obstacle.OverLimit,
        };
        return status == VmStatus.Done;
    }

    private bool TryConceive(ref WorkBudget budget)
    {
        budget.Spend(ConceptionCost);
        ErrorCode error = ProcessTable.TryConceive(_caller, out _child);
        if (error != ErrorCode.None)
            _obstacle = error == ErrorCode.NoMemory ? Obstacle.NoMemory : Obstacle.OverLimit;
        return error == ErrorCode.None;
    }

    private SyscallOutcome Finish()
    {
        const ulong InCaller = 0;
        Process child = _child!;
        ProcessTable.Bear(_caller, child);
        return new SyscallCall(_caller).Finish(child.Id.Value, InCaller, _data);
    }
}
