namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// Walks from a throw to its callers. Leaving a funclet leads to the frame whose clause it is, as
/// the record says that the call of the funclet left (Exceptions.asm).
/// </summary>
internal static unsafe class FrameWalk
{
    private const int CatchClauseSlot = 7;
    private const int CatchPointerSlot = 8;
    private const int CatchExceptionSlot = 9;
    private const int CatchRecordSlots = 10;

    private static FuncletReturns _returns;

    private struct FuncletReturns
    {
        internal ulong Catch;
        internal ulong Finally;
        internal ulong Filter;
    }

    /// <summary>
    /// Finds the frame's function. Before the first frame this also leaves an assembly helper,
    /// which has no unwind data, keeps no frame and faults in its caller's name.
    /// </summary>
    internal static bool TryEnter(ref StackFrame frame, out FunctionEntry function)
    {
        if (UnwindTable.TryFind(frame.ControlPoint, out function))
            return true;
        if (frame.Kind != PointerKind.Exact)
            return false;
        ulong stack = frame.Registers[RegisterContext.Rsp];
        frame.Registers[RegisterContext.Rip] = *(ulong*)stack;
        frame.Registers[RegisterContext.Rsp] = stack + 8;
        frame.Kind = PointerKind.ReturnAddress;
        return UnwindTable.TryFind(frame.ControlPoint, out function);
    }

    /// <summary>Goes to the caller; false at the outermost managed frame.</summary>
    internal static bool Leave(ref StackFrame frame, in FunctionEntry function)
    {
        if (MethodClauses.IsCalledFromOutside(function))
            return false;
        function.Unwind(ref frame.Registers, frame.ControlPoint);
        frame.Kind = PointerKind.ReturnAddress;
        frame.RunningClause = StackFrame.NoClause;
        LeaveFuncletCall(ref frame);
        return true;
    }

    /// <summary>The exception that the catch funclet of the frame was given, or null.</summary>
    internal static object? CaughtBy(StackFrame frame)
    {
        while (TryEnter(ref frame, out FunctionEntry function))
        {
            function.Unwind(ref frame.Registers, frame.ControlPoint);
            ulong* slots = (ulong*)frame.Registers[RegisterContext.Rsp];
            if (frame.Registers[RegisterContext.Rip] == Returns().Catch)
                return *(object*)(slots + CatchExceptionSlot);
            frame.Kind = PointerKind.ReturnAddress;
            LeaveFuncletCall(ref frame);
        }
        return null;
    }

    private static void LeaveFuncletCall(ref StackFrame frame)
    {
        ulong address = frame.Registers[RegisterContext.Rip];
        ulong* slots = (ulong*)frame.Registers[RegisterContext.Rsp];
        FuncletReturns returns = Returns();
        if (address == returns.Catch)
        {
            LoadSaved(ref frame.Registers, slots + 1);
            frame.RunningClause = (uint)slots[CatchClauseSlot];
            frame.Registers[RegisterContext.Rip] = slots[CatchPointerSlot];
            frame.Registers[RegisterContext.Rsp] = (ulong)(slots + CatchRecordSlots);
            frame.Kind = PointerKind.Exact;
        }
        else if (address == returns.Finally)
        {
            frame.Registers = *(RegisterContext*)slots[0];
            frame.RunningClause = (uint)slots[1];
            frame.Kind = PointerKind.Exact;
        }
        else if (address == returns.Filter)
        {
            LoadSaved(ref frame.Registers, slots + 1);
            frame.Registers[RegisterContext.Rip] = slots[7];
            frame.Registers[RegisterContext.Rsp] = (ulong)(slots + 8);
        }
    }

    // Saved in this order, upwards: r15, r14, r13, r12, rbx, rbp.
    private static void LoadSaved(ref RegisterContext registers, ulong* slots)
    {
        for (int i = 0; i < 4; i++)
            registers[RegisterContext.R12 + 3 - i] = slots[i];
        registers[RegisterContext.Rbx] = slots[4];
        registers[RegisterContext.Rbp] = slots[5];
    }

    private static FuncletReturns Returns()
    {
        if (_returns.Catch == 0)
        {
            fixed (FuncletReturns* returns = &_returns)
                Funclets.GetReturns(returns);
        }
        return _returns;
    }
}
