using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Exceptions;

/// <summary>Faults of the processor that C# knows as exceptions.</summary>
public enum HardwareFault
{
    /// <summary>A page fault in the first pages: a null reference was used.</summary>
    NullReference = 0,

    /// <summary>#DE with a divisor of zero.</summary>
    DivideByZero = 1,

    /// <summary>#DE otherwise: the quotient does not fit.</summary>
    Overflow = 2,
}

/// <summary>Turns faults into exceptions at the place where they happened.</summary>
public static class HardwareFaults
{
    // The System V red zone, which assembly helpers may use.
    private const ulong RedZone = 128;

    /// <summary>
    /// Changes the registers of an interrupted context so that, resumed, it throws the fault's
    /// exception. All other registers must be resumed as they were.
    /// </summary>
    /// <param name="fault">What happened.</param>
    /// <param name="instruction">RIP of the faulting instruction; becomes the thrower's.</param>
    /// <param name="stack">RSP at the fault.</param>
    /// <param name="first">RDI of the context.</param>
    /// <param name="second">RSI of the context.</param>
    /// <param name="third">RDX of the context.</param>
    public static void Redirect(
        HardwareFault fault, ref ulong instruction, ref ulong stack, ref ulong first,
        ref ulong second, ref ulong third)
    {
        first = (ulong)fault;
        second = instruction;
        third = stack;
        stack = (stack - RedZone) & ~15UL;
        instruction = ThrowFaultAddress();
    }

    internal static Exception ToException(HardwareFault fault) => fault switch
    {
        HardwareFault.DivideByZero => new DivideByZeroException(),
        HardwareFault.Overflow => new OverflowException(),
        _ => new NullReferenceException(),
    };

    [RuntimeImport("*", "CosmosThrowFaultAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong ThrowFaultAddress();
}
