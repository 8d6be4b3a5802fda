using System;
using System.Text;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>The kernel's log: a ring in memory, of which the newest part is kept.</summary>
public static unsafe class KernelLog
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>The log as text.</summary>
    /// <exception cref="MemOsException">0x04: no authority for the log.</exception>
    public static string Read()
    {
        byte[] buffer = new byte[BufferBytes];
        // Safe: the kernel writes at most the buffer's length, and the buffer is pinned.
        fixed (byte* start = buffer)
        {
            SyscallResult result = Syscall.Invoke(
                new BufferBlock(SyscallCode.ReadLog, start, buffer.Length));
            int length = (int)result.OrThrow(SyscallCode.ReadLog).Value0;
            return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }
}
