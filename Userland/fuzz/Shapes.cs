using MemOS.Abi;

namespace MemOS.Fuzz;

/// <summary>The arguments of each call (docs/abi.md), and how often it is made.</summary>
internal static class Shapes
{
    /// <summary>A call.</summary>
    /// <param name="Code">Its code.</param>
    /// <param name="Weight">How often it is made, in comparison.</param>
    /// <param name="Arguments">What it takes.</param>
    internal sealed record Shape(SyscallCode Code, int Weight, params Argument[] Arguments);

    /// <summary>All of them. Some cost much, or end the caller.</summary>
    internal static Shape[] All { get; } =
    [
        new(SyscallCode.HandleSignal, 20, Argument.Kind, Argument.Handler),
        new(SyscallCode.UnhandleSignal, 10, Argument.Kind),
        new(SyscallCode.IsSignalHandled, 10, Argument.Kind),
        new(SyscallCode.Ready, 5),
        new(SyscallCode.SignalDone, 5, Argument.Kind, Argument.Address),
        new(SyscallCode.MemAlloc, 50, Argument.Bytes, Argument.Kind, Argument.Kind),
        new(SyscallCode.MemFree, 40, Argument.Address, Argument.Pages),
        new(SyscallCode.VirtMemAms, 40, Argument.Address, Argument.Bytes),
        new(SyscallCode.BackedAms, 20, Argument.Bytes, Argument.Kind),
        new(SyscallCode.ShareAms, 50, Argument.Process, Argument.Segment, Argument.Short,
            Argument.Kind, Argument.Kind),
        new(SyscallCode.AmsSharingInfo, 20, Argument.Segment),
        new(SyscallCode.UnshareAms, 25, Argument.Segment, Argument.Process),
        new(SyscallCode.MapAms, 60, Argument.Segment, Argument.Bytes, Argument.Buffer,
            Argument.Kind),
        new(SyscallCode.UnmapAms, 30, Argument.Segment, Argument.Address),
        new(SyscallCode.CreateProcess, 4, Argument.Long),
        new(SyscallCode.WaitChildProcess, 10, Argument.Process, Argument.ShortTime),
        new(SyscallCode.KillChildProcess, 10, Argument.Process, Argument.ShortTime),
        new(SyscallCode.GetPid, 5),
        new(SyscallCode.HandOver, 20),
        new(SyscallCode.Exit, 1, Argument.Long),
        new(SyscallCode.CreateThread, 10, Argument.Long, Argument.Stack),
        new(SyscallCode.WaitWord, 20, Argument.Address, Argument.Word, Argument.Time),
        new(SyscallCode.WakeWord, 20, Argument.Address, Argument.Word),
        new(SyscallCode.ExitThread, 1, Argument.Word),
        new(SyscallCode.DeviceAms, 10, Argument.Long, Argument.Bytes, Argument.Bytes,
            Argument.Address),
        new(SyscallCode.CreateJob, 8, Argument.Buffer, Argument.Short, Argument.Short,
            Argument.Job),
        new(SyscallCode.JobInfo, 8, Argument.Job, Argument.Buffer),
        new(SyscallCode.ListJobs, 5, Argument.Buffer),
        new(SyscallCode.SetJobLimits, 5, Argument.Job, Argument.Buffer, Argument.Short),
        new(SyscallCode.EndJob, 5, Argument.Job, Argument.Time),
        new(SyscallCode.WaitJob, 5, Argument.Job, Argument.Time),
        new(SyscallCode.ConsoleWrite, 5, Argument.NoText),
        new(SyscallCode.ConsoleRead, 5, Argument.Buffer, Argument.Time),
        new(SyscallCode.Spawn, 3, Argument.Name, Argument.Buffer, Argument.Kind,
            Argument.Buffer, Argument.Job),
        new(SyscallCode.ReadClock, 5),
        new(SyscallCode.ListProcesses, 10, Argument.Buffer),
        new(SyscallCode.ListRegions, 10, Argument.Process, Argument.Buffer),
        new(SyscallCode.ListPrograms, 5, Argument.Buffer),
        new(SyscallCode.ListDevices, 5, Argument.Buffer),
        new(SyscallCode.ReadLog, 5, Argument.Buffer),
        new(SyscallCode.CountMemory, 2),
        new(SyscallCode.Shutdown, 5, Argument.NoMode),
        new(SyscallCode.SetThreadPointer, 1, Argument.Address),
        new(SyscallCode.FillRandom, 10, Argument.Buffer),
        new(SyscallCode.Sleep, 5, Argument.Time),
    ];
}
