using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Exceptions;

/// <summary>
/// Two-pass exception handling (ECMA-335, I.12.4.2): the first pass looks for a handler and runs
/// filters, the second runs finally blocks up to it.
/// </summary>
internal static unsafe class ExceptionDispatch
{
    [DoesNotReturn]
    [RuntimeExport("CosmosDispatchThrow")]
    private static void Throw(object? exception, RegisterContext* context) =>
        Dispatch(exception ?? new NullReferenceException(), context, PointerKind.ReturnAddress);

    [DoesNotReturn]
    [RuntimeExport("CosmosDispatchRethrow")]
    private static void Rethrow(RegisterContext* context)
    {
        object? exception = FrameWalk.CaughtBy(
            FirstFrame(context, PointerKind.ReturnAddress));
        if (exception == null)
            Platform.Fail("An exception was thrown again outside of a handler.");
        Dispatch(exception, context, PointerKind.ReturnAddress);
    }

    [DoesNotReturn]
    [RuntimeExport("CosmosDispatchFault")]
    private static void ThrowFault(HardwareFault fault, RegisterContext* context) =>
        Dispatch(HardwareFaults.ToException(fault), context, PointerKind.Exact);

    [DoesNotReturn]
    private static void Dispatch(object exception, RegisterContext* context, PointerKind kind)
    {
        StackFrame frame = FirstFrame(context, kind);
        int depth = 0;
        Clause handler;
        uint handlerIndex;
        while (true)
        {
            if (!FrameWalk.TryEnter(ref frame, out FunctionEntry function))
                UnhandledException.Fail(exception);
            if (FindHandler(exception, ref frame, function, out handler, out handlerIndex))
                break;
            if (!FrameWalk.Leave(ref frame, function))
                UnhandledException.Fail(exception);
            depth++;
        }

        RunFinallyBlocks(FirstFrame(context, kind), depth, handlerIndex);
        RegisterContext catching = WithExactPointer(frame);
        Funclets.Catch(exception, handler.Handler, &catching, handlerIndex);
    }

    private static StackFrame FirstFrame(RegisterContext* context, PointerKind kind) => new()
    {
        Registers = *context,
        Kind = kind,
        RunningClause = StackFrame.NoClause,
    };

    private static bool FindHandler(
        object exception, ref StackFrame frame, in FunctionEntry function, out Clause found,
        out uint index)
    {
        MethodClauses clauses = MethodClauses.Of(function);
        ClauseFilter skip = new(frame.RunningClause);
        uint offset = (uint)(frame.ControlPoint - clauses.MethodStart);
        for (index = 0; clauses.Next(out found); index++)
        {
            if (skip.Skips(found, index) || !found.Covers(offset))
                continue;
            if (found.Kind == ClauseKind.Typed && IsInstance(found.Type, exception))
                return true;
            if (found.Kind == ClauseKind.Filter && Accepts(exception, found.Filter, ref frame))
                return true;
        }
        return false;
    }

    // An exception that leaves a filter counts as "no" (ECMA-335, I.12.4.2.5).
    private static bool Accepts(object exception, byte* filter, ref StackFrame frame)
    {
        try
        {
            RegisterContext registers = WithExactPointer(frame);
            return Funclets.Filter(exception, filter, &registers) != 0;
        }
        catch
        {
            return false;
        }
    }

    private static void RunFinallyBlocks(StackFrame frame, int depth, uint handlerIndex)
    {
        for (int i = 0; i <= depth; i++)
        {
            if (!FrameWalk.TryEnter(ref frame, out FunctionEntry function))
                Platform.Fail("The stack changed while an exception was handled.");
            MethodClauses clauses = MethodClauses.Of(function);
            ClauseFilter skip = new(frame.RunningClause);
            uint offset = (uint)(frame.ControlPoint - clauses.MethodStart);
            uint limit = i == depth ? handlerIndex : uint.MaxValue;
            for (uint index = 0; index < limit && clauses.Next(out Clause clause); index++)
            {
                if (skip.Skips(clause, index) || clause.Kind != ClauseKind.Fault
                    || !clause.Covers(offset))
                    continue;
                RegisterContext registers = WithExactPointer(frame);
                Funclets.Finally(clause.Handler, &registers, index);
            }
            if (i < depth)
                FrameWalk.Leave(ref frame, function);
        }
    }

    // The record of a funclet call holds the point that decides, not a return address.
    private static RegisterContext WithExactPointer(in StackFrame frame)
    {
        RegisterContext registers = frame.Registers;
        registers[RegisterContext.Rip] = frame.ControlPoint;
        return registers;
    }

    private static bool IsInstance(nint type, object exception) =>
        AreTypesAssignable(**(nint**)&exception, type);

    [RuntimeImport("*", "RhTypeCast_AreTypesAssignable")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern bool AreTypesAssignable(nint source, nint target);
}
