using System;
using System.Diagnostics.CodeAnalysis;
using Cosmos.Core.Boot;
using Cosmos.Core.Hardware;
using Cosmos.Core.Memory;
using Cosmos.Core.Panics;
using Cosmos.Core.Time;
using Cosmos.Runtime;
using IL2CPU.API.Attribs;

namespace Cosmos.Core.Plugs;

/// <summary>What the runtime asks for, from the hardware. Allocates nothing.</summary>
[Plug(typeof(Platform))]
public static unsafe class PlatformPlug
{
    // The linker moves a kernel's thread data behind GS.
    private const uint GsBase = 0xC0000101;

    public static byte* AllocatePages(nuint bytes) => PageSource.Allocate(bytes);

    public static void FreePages(byte* start, nuint bytes) => PageSource.Free(start, bytes);

    public static void Write(ReadOnlySpan<byte> utf8) => KernelLog.Write(utf8);

    [DoesNotReturn]
    public static void Fail(string message) => Panic.Fail(message);

    public static nuint StackTop() => (nuint)KernelImage.StackTop();

    public static ulong Ticks() => Clock.Ticks();

    public static ulong UnixTicks() => Clock.UnixTicks();

    public static void SetThreadPointer(byte* threadPointer) =>
        Instruction.WriteMsr(GsBase, (ulong)threadPointer);

    public static void FillRandom(Span<byte> bytes) => Entropy.Fill(bytes);

    public static void Sleep(uint milliseconds) => Clock.Wait(milliseconds);
}
