using System;
using System.Runtime.CompilerServices;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Crash;

/// <summary>Programs that fail: each is ended and reported, and everything else goes on.</summary>
internal static class Program
{
    private static readonly Address _nowhere = new(0x1234_5678_9000);

    private static int Main(string[] args) => new Attempts("crash")
    {
        { "use a null reference", FaultKind.Read, UseNull },
        { "write through a null pointer", FaultKind.Write, () => Trespass.Write(default) },
        { "recurse until the stack is full", FaultKind.Write, () => Recurse(0) },
        { "divide by zero", FaultKind.Divide, () => Console.Write(1 / Zero()) },
        { "jump to nowhere", FaultKind.Execute, () => Trespass.Execute(_nowhere) },
        { "read nowhere", FaultKind.Read, () => Trespass.Read(_nowhere) },
    }.Run(args);

    private static void UseNull() => Console.Write(Nothing()!.Length);

    // Not inlined: the compiler is not to see what comes of these.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Zero() => 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Nothing() => null;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Recurse(int depth)
    {
        Span<long> frame = stackalloc long[64];
        frame[depth & 63] = depth;
        return Recurse(depth + 1) + (int)frame[depth & 63];
    }
}
