using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Userland.Syscalls;

/// <summary>A call without arguments.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct PlainBlock(SyscallCode code)
{
    private readonly SyscallCode _code = code;
}

/// <summary>A call with one argument of eight bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ValueBlock(SyscallCode code, ulong value)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _value = value;
}

/// <summary>A call with one buffer.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct BufferBlock(SyscallCode code, void* start, int bytes)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _start = (ulong)start;
    private readonly ulong _bytes = (ulong)bytes;
}

/// <summary>A call with one value and one buffer.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct ValueBufferBlock(
    SyscallCode code, ulong value, void* start, int bytes)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _value = value;
    private readonly ulong _start = (ulong)start;
    private readonly ulong _bytes = (ulong)bytes;
}

/// <summary>MEM_ALLOC.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct AllocateBlock(ulong bytes, MemoryRights rights, ZeroFirst zeroFirst)
{
    private readonly SyscallCode _code = SyscallCode.MemAlloc;
    private readonly ulong _bytes = bytes;
    private readonly MemoryRights _rights = rights;
    private readonly ZeroFirst _zeroFirst = zeroFirst;
}

/// <summary>MEM_FREE.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct FreeBlock(Address start, ulong pages)
{
    private readonly SyscallCode _code = SyscallCode.MemFree;
    private readonly ulong _start = start.Value;
    private readonly ulong _pages = pages;
}

/// <summary>WAIT_CHILD_PROCESS and KILL_CHILD_PROCESS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ChildBlock(SyscallCode code, ProcessId child, ushort milliseconds)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _child = child.Value;
    private readonly ushort _milliseconds = milliseconds;
}

/// <summary>Starts a program.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct SpawnBlock(
    byte* name, int nameBytes, byte* arguments, int argumentBytes, byte priority)
{
    private readonly SyscallCode _code = SyscallCode.Spawn;
    private readonly ulong _name = (ulong)name;
    private readonly ulong _nameBytes = (ulong)nameBytes;
    private readonly ulong _arguments = (ulong)arguments;
    private readonly ulong _argumentBytes = (ulong)argumentBytes;
    private readonly byte _priority = priority;
}

/// <summary>Takes bytes from the console.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct ConsoleReadBlock(byte* start, int bytes, int milliseconds)
{
    private readonly SyscallCode _code = SyscallCode.ConsoleRead;
    private readonly ulong _start = (ulong)start;
    private readonly ulong _bytes = (ulong)bytes;
    private readonly int _milliseconds = milliseconds;
}

/// <summary>Waits for a time.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct SleepBlock(uint milliseconds)
{
    private readonly SyscallCode _code = SyscallCode.Sleep;
    private readonly uint _milliseconds = milliseconds;
}

/// <summary>Stops the machine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ShutdownBlock(StopMode mode)
{
    private readonly SyscallCode _code = SyscallCode.Shutdown;
    private readonly StopMode _mode = mode;
}
