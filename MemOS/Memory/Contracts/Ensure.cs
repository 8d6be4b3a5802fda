using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace MemOS.Memory.Contracts;

/// <summary>
/// Assertions that stay on in the shipped build. A failed one is a bug in the kernel, never a
/// mistake of a program: expected failures are results.
/// </summary>
public static class Ensure
{
    /// <summary>
    /// Stops with <see cref="ContractBrokenException"/> unless the condition holds.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void That([DoesNotReturnIf(false)] bool condition, string rule)
    {
        if (!condition)
        {
            Broken(rule);
        }
    }

    /// <summary>Stops because of a state that the code takes to be impossible.</summary>
    [DoesNotReturn]
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Broken(string rule) => throw new ContractBrokenException(rule);
}
