using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;
using MemOS.Userland.Terminal;

namespace MemOS.Userland;

/// <summary>The process's console as the kernel gives it: bytes out, bytes in.</summary>
/// <remarks>Ordinary programs use <see cref="Console"/>, which stands on this.</remarks>
public static unsafe class SystemConsole
{
    private static ConsoleWriter? _writer;

    /// <summary>Width of the console, in characters.</summary>
    public static int Columns => 80;

    /// <summary>Height of the console, in characters.</summary>
    public static int Rows => 25;

    /// <summary>The cursor's column, from 0, as far as this process has moved it.</summary>
    public static int Column => Writer.Column;

    internal static ConsoleWriter Writer => _writer ??= new ConsoleWriter();

    /// <summary>Shows bytes: UTF-8 and escape sequences.</summary>
    public static void Write(ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            int length = Math.Min(utf8.Length, SyscallConvention.LongestBuffer);
            // Safe: the kernel only reads the bytes, which are pinned for the call.
            fixed (byte* start = utf8)
                Syscall.Invoke(new BufferBlock(SyscallCode.ConsoleWrite, start, length));
            utf8 = utf8[length..];
        }
    }

    /// <summary>
    /// Takes what was typed, as the terminal sent it. Waits while another job has the console.
    /// </summary>
    /// <param name="buffer">Where it goes.</param>
    /// <param name="milliseconds">How long to wait for the first byte; -1 waits for ever.</param>
    /// <returns>Bytes read; 0 when the time has passed.</returns>
    public static int Read(Span<byte> buffer, int milliseconds)
    {
        SyscallResult result;
        ControlC.BeginWait();
        // Safe: the kernel writes at most the buffer's length, and the buffer is pinned.
        fixed (byte* start = buffer)
            result = Syscall.Invoke(new ConsoleReadBlock(start, buffer.Length, milliseconds));
        ControlC.EndWait();
        return (int)result.OrThrow(SyscallCode.ConsoleRead).Value0;
    }
}
