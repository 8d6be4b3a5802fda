using System;
using System.Diagnostics.CodeAnalysis;

namespace Cosmos.Runtime;

/// <summary>
/// What the runtime asks of whatever it stands on: a kernel or a kernel's system calls.
/// </summary>
/// <remarks>
/// Every body here is replaced by a plug (Cosmos.Core for kernels, MemOS.Userland for programs).
/// The methods run before statics are initialised and inside the allocator: an implementation
/// must not allocate managed memory, and must not touch statics that need a constructor.
/// </remarks>
public static unsafe class Platform
{
    /// <summary>Gets zeroed memory for the heap.</summary>
    /// <param name="bytes">A multiple of 4096.</param>
    /// <returns>The start, 4096-aligned, or null when there is no memory.</returns>
    public static byte* AllocatePages(nuint bytes) => throw Unplugged();

    /// <summary>
    /// Gives back what <see cref="AllocatePages"/> gave: whole or, where the heap is collected in
    /// parts (<see cref="Heap.ManagedHeap.CollectInPart"/>), piece by piece from its end.
    /// </summary>
    /// <param name="start">What AllocatePages returned, or the start of a piece.</param>
    /// <param name="bytes">A multiple of 4096.</param>
    public static void FreePages(byte* start, nuint bytes) => throw Unplugged();

    /// <summary>Writes to the debug log; never fails.</summary>
    public static void Write(ReadOnlySpan<byte> utf8) => throw Unplugged();

    /// <summary>Ends the kernel (panic) or the program, showing the message.</summary>
    [DoesNotReturn]
    public static void Fail(string message) => throw Unplugged();

    /// <summary>The highest address of the stack in use, for the conservative scan.</summary>
    public static nuint StackTop() => throw Unplugged();

    /// <summary>Monotonic time in units of 100 ns.</summary>
    public static ulong Ticks() => throw Unplugged();

    /// <summary>Wall-clock time: 100 ns units since 1 January 1970, UTC.</summary>
    public static ulong UnixTicks() => throw Unplugged();

    /// <summary>Makes <paramref name="threadPointer"/> the base of the FS segment.</summary>
    public static void SetThreadPointer(byte* threadPointer) => throw Unplugged();

    /// <summary>Fills memory with unpredictable bytes.</summary>
    public static void FillRandom(Span<byte> bytes) => throw Unplugged();

    /// <summary>Lets others run for about the given time; zero gives up the time slice.</summary>
    public static void Sleep(uint milliseconds) => throw Unplugged();

    private static NotSupportedException Unplugged() =>
        new("Cosmos.Runtime.Platform has no plug in this build");
}
