using System;
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using Cosmos.Runtime;
using IL2CPU.API.Attribs;
using MemOS.Abi;
using MemOS.Userland.Start;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland.Plugs;

/// <summary>
/// What the runtime under a program asks for, as system calls. Allocates nothing.
/// </summary>
[Plug(Target = typeof(Platform))]
public static unsafe class PlatformPlug
{
    // What a program that gave up tells its parent.
    private const long FailureExit = 134;

    public static byte* AllocatePages(nuint bytes)
    {
        SyscallResult result = Syscall.Invoke(
            new AllocateBlock(bytes, MemoryRights.ReadWrite, ZeroFirst.Yes));
        return result.Error == ErrorCode.None ? (byte*)result.Value0 : null;
    }

    public static void FreePages(byte* start, nuint bytes) =>
        Syscall.Invoke(new FreeBlock(Address.Of(start), bytes / Memory.PageBytes));

    public static void Write(ReadOnlySpan<byte> utf8) => SystemConsole.Write(utf8);

    [DoesNotReturn]
    public static void Fail(string message)
    {
        ReadOnlySpan<char> rest = message;
        Span<byte> bytes = stackalloc byte[256];
        while (rest.Length > 0)
        {
            Utf8.FromUtf16(rest, bytes, out int read, out int written);
            Write(bytes[..written]);
            rest = rest[Math.Max(read, 1)..];
        }
        Write("\n"u8);
        Process.Exit(FailureExit);
    }

    public static nuint StackTop() => ProgramStart.StackTop;

    public static ulong Ticks() => Clock.UptimeTicks;

    public static ulong UnixTicks() => Clock.UnixTicks;

    public static void SetThreadPointer(byte* threadPointer) =>
        Syscall.Invoke(new ValueBlock(SyscallCode.SetThreadPointer, (ulong)threadPointer));

    public static void FillRandom(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int length = Math.Min(bytes.Length, SyscallConvention.LongestBuffer);
            // Safe: the kernel writes at most that many bytes, and the span is pinned.
            fixed (byte* start = bytes)
                Syscall.Invoke(new BufferBlock(SyscallCode.FillRandom, start, length));
            bytes = bytes[length..];
        }
    }

    public static void Sleep(uint milliseconds) => Clock.Sleep(milliseconds);
}
