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
        new("SPAWN arguments", SyscallCode.Spawn, BufferUse.Reads) { Before = 1 },
        new("SPAWN devices", SyscallCode.Spawn, BufferUse.Reads) { Before = 2 },
        new("LIST_PROCESSES", SyscallCode.ListProcesses, BufferUse.Lists),
        new("LIST_REGIONS", SyscallCode.ListRegions, BufferUse.Lists),
        new("READ_LOG", SyscallCode.ReadLog, BufferUse.Lists),
        new("FILL_RANDOM", SyscallCode.FillRandom, BufferUse.Writes),
        new("LIST_PROGRAMS", SyscallCode.ListPrograms, BufferUse.Lists),
        new("LIST_DEVICES", SyscallCode.ListDevices, BufferUse.Lists),
    ];

    /// <summary>
    /// What a good buffer gives: no program has the names, and no device the numbers, that are
    /// tried.
    /// </summary>
    internal ErrorCode Good => (Code, Before) switch
    {
        (SyscallCode.Spawn, 2) => ErrorCode.ForeignDevice,
        (SyscallCode.Spawn, _) => ErrorCode.NotFound,
        _ => ErrorCode.None,
    };

    /// <summary>What an empty buffer gives.</summary>
    internal ErrorCode Empty => Code switch
    {
        SyscallCode.ConsoleRead => ErrorCode.InvalidArgument,
        SyscallCode.Spawn => ErrorCode.NotFound,
        _ => ErrorCode.None,
    };

    /// <summary>The most bytes that it takes.</summary>
    internal ulong Most =>
        Code == SyscallCode.Spawn && Before == 0 ? 256ul : SyscallConvention.LongestBuffer;

    // Buffers of the call that come before this one, and are empty.
    private int Before { get; init; }

    /// <summary>Puts the block together.</summary>
    internal Caller Begin(Caller caller, ulong start, ulong bytes)
    {
        caller.Begin(Code);
        if (Code == SyscallCode.ListRegions)
            caller.Put(Process.Id.Value);
        if (Code == SyscallCode.Spawn)
            return BeginSpawn(caller, start, bytes);
        caller.Put(start).Put(bytes);
        return Code == SyscallCode.ConsoleRead ? caller.Put(0, sizeof(uint)) : caller;
    }

    private Caller BeginSpawn(Caller caller, ulong start, ulong bytes)
    {
        for (int i = 0; i < 3; i++)
        {
            // The priority stands between arguments and devices.
            if (i == 2)
                caller.Put(0, sizeof(byte));
            caller.Put(i == Before ? start : 0).Put(i == Before ? bytes : 0);
        }
        return caller.Put(0);
    }
}
