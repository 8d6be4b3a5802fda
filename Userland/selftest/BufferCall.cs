using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>What the kernel does with a buffer.</summary>
internal enum BufferUse
{
    /// <summary>It reads all of it.</summary>
    Reads,

    /// <summary>It may write all of it.</summary>
    Writes,

    /// <summary>It writes what there is to tell.</summary>
    Lists,
}

/// <summary>A call with a buffer, to be tried with buffers of all kinds.</summary>
/// <param name="Name">Its name, and which buffer.</param>
/// <param name="Code">Its code.</param>
/// <param name="Use">What it does with the buffer.</param>
internal sealed record BufferCall(string Name, SyscallCode Code, BufferUse Use)
{
    /// <summary>All calls that take a buffer.</summary>
    internal static BufferCall[] All { get; } =
    [
        new("CONSOLE_WRITE", SyscallCode.ConsoleWrite, BufferUse.Reads),
        new("CONSOLE_READ", SyscallCode.ConsoleRead, BufferUse.Writes),
        new("SPAWN name", SyscallCode.Spawn, BufferUse.Reads),
        new("SPAWN arguments", SyscallCode.Spawn, BufferUse.Reads) { IsSecond = true },
        new("LIST_PROCESSES", SyscallCode.ListProcesses, BufferUse.Lists),
        new("LIST_REGIONS", SyscallCode.ListRegions, BufferUse.Lists),
        new("READ_LOG", SyscallCode.ReadLog, BufferUse.Lists),
        new("FILL_RANDOM", SyscallCode.FillRandom, BufferUse.Writes),
        new("LIST_PROGRAMS", SyscallCode.ListPrograms, BufferUse.Lists),
    ];

    /// <summary>What a good buffer gives: no program has the names that are tried.</summary>
    internal ErrorCode Good =>
        Code == SyscallCode.Spawn ? ErrorCode.NotFound : ErrorCode.None;

    /// <summary>The most bytes that it takes.</summary>
    internal ulong Most =>
        Code == SyscallCode.Spawn && !IsSecond ? 256ul : SyscallConvention.LongestBuffer;

    private bool IsSecond { get; init; }

    /// <summary>Puts the block together.</summary>
    internal Caller Begin(Caller caller, ulong start, ulong bytes)
    {
        caller.Begin(Code);
        if (Code == SyscallCode.ListRegions)
            caller.Put(Process.Id.Value);
        if (IsSecond)
            caller.Put(0).Put(0);
        caller.Put(start).Put(bytes);
        if (Code == SyscallCode.ConsoleRead)
            caller.Put(0, sizeof(uint));
        if (Code == SyscallCode.Spawn && !IsSecond)
            caller.Put(0).Put(0);
        return Code == SyscallCode.Spawn ? caller.Put(0, sizeof(byte)) : caller;
    }
}
