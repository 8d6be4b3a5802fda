namespace Cosmos.Runtime.Exceptions;

/// <summary>How an instruction pointer relates to the instruction that matters.</summary>
internal enum PointerKind
{
    /// <summary>The instruction after a call: the call is what matters.</summary>
    ReturnAddress,

    /// <summary>The very instruction, as after a fault.</summary>
    Exact,
}

/// <summary>One frame that an exception passes through.</summary>
internal struct StackFrame
{
    /// <summary>No clause of the frame's method is running.</summary>
    internal const uint NoClause = uint.MaxValue;

    /// <summary>The frame's registers.</summary>
    internal RegisterContext Registers;

    /// <summary>What the instruction pointer points at.</summary>
    internal PointerKind Kind;

    /// <summary>
    /// The clause of this frame whose handler let the exception out, or
    /// <see cref="NoClause"/>: the search goes on behind it.
    /// </summary>
    internal uint RunningClause;

    /// <summary>The address that decides which try blocks the frame is in.</summary>
    internal readonly ulong ControlPoint =>
        Kind == PointerKind.Exact
            ? Registers[RegisterContext.Rip]
            : Registers[RegisterContext.Rip] - 1;
}
