using System;
using System.Runtime.CompilerServices;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Makes garbage and has it collected.</summary>
internal static class Garbage
{
    /// <summary>Collects, runs finalisers, and collects what they let go of.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Collect()
    {
        OverwriteStack();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        OverwriteStack();
        GC.Collect();
    }

    /// <summary>Makes short-lived objects of many sizes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Make(int objects)
    {
        for (int i = 0; i < objects; i++)
        {
            Opaque.Value(new object());
            Opaque.Value(new int[i % 100]);
            Opaque.Value(new object?[i % 30]);
        }
    }

    /// <summary>
    /// Runs something far enough down the stack for <see cref="Collect"/> to write over what it
    /// leaves there.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void RunFarBelow(Action work)
    {
        Span<byte> gap = stackalloc byte[1024];
        Opaque.Value(gap[0]);
        work();
    }

    // A collector that takes every word of the stack for a reference is not to find old ones.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OverwriteStack()
    {
        Span<byte> stack = stackalloc byte[8192];
        stack.Clear();
        Opaque.Value(stack[0]);
    }
}
