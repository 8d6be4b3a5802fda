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

/// <summary>HANDLE_SIGNAL.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct HandleSignalBlock(SignalCode signal, Address handler)
{
    private readonly SyscallCode _code = SyscallCode.HandleSignal;
    private readonly SignalCode _signal = signal;
    private readonly ulong _handler = handler.Value;
}

/// <summary>UNHANDLE_SIGNAL and IS_SIGNAL_HANDLED.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct SignalBlock(SyscallCode code, SignalCode signal)
{
    private readonly SyscallCode _code = code;
    private readonly SignalCode _signal = signal;
}

/// <summary>SIGNAL_DONE.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct SignalDoneBlock(SignalAnswer answer)
{
    private readonly SyscallCode _code = SyscallCode.SignalDone;
    private readonly BackerAnswer _answer = answer.Answer;
    private readonly ulong _data = answer.Data;
}

/// <summary>CREATE_THREAD.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct CreateThreadBlock(ulong data, Address stackTop)
{
    private readonly SyscallCode _code = SyscallCode.CreateThread;
    private readonly ulong _data = data;
    private readonly ulong _stackTop = stackTop.Value;
}

/// <summary>WAIT_WORD.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct WaitWordBlock(Address word, uint expected, uint milliseconds)
{
    private readonly SyscallCode _code = SyscallCode.WaitWord;
    private readonly ulong _word = word.Value;
    private readonly uint _expected = expected;
    private readonly uint _milliseconds = milliseconds;
}

/// <summary>WAKE_WORD.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct WakeWordBlock(Address word, uint most)
{
    private readonly SyscallCode _code = SyscallCode.WakeWord;
    private readonly ulong _word = word.Value;
    private readonly uint _most = most;
}

/// <summary>Starts a program.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct SpawnBlock(
    byte* name, int nameBytes, byte* arguments, int argumentBytes, byte priority,
    DeviceId* devices, int deviceBytes, JobId job)
{
    private readonly SyscallCode _code = SyscallCode.Spawn;
    private readonly ulong _name = (ulong)name;
    private readonly ulong _nameBytes = (ulong)nameBytes;
    private readonly ulong _arguments = (ulong)arguments;
    private readonly ulong _argumentBytes = (ulong)argumentBytes;
    private readonly byte _priority = priority;
    private readonly ulong _devices = (ulong)devices;
    private readonly ulong _deviceBytes = (ulong)deviceBytes;
    private readonly ulong _job = job.Value;
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

/// <summary>SLEEP and EXIT_THREAD: a call with one argument of four bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ShortBlock(SyscallCode code, uint value)
{
    private readonly SyscallCode _code = code;
    private readonly uint _value = value;
}

/// <summary>Stops the machine.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct ShutdownBlock(StopMode mode)
{
    private readonly SyscallCode _code = SyscallCode.Shutdown;
    private readonly StopMode _mode = mode;
}
