using MemOS.Abi;

namespace MemOS.Syscalls;

/// <summary>How long the arguments of each call are.</summary>
internal static class SyscallBlocks
{
    /// <summary>There is no such call.</summary>
    internal const int Unknown = -1;

    private const int Buffer = 16;

    /// <summary>Bytes behind the code, or Unknown.</summary>
    internal static int ArgumentBytes(SyscallCode code) => code switch
    {
        SyscallCode.GetPid or SyscallCode.HandOver or SyscallCode.ReadClock
            or SyscallCode.CountMemory or SyscallCode.AuditMemory or SyscallCode.Ready => 0,
        SyscallCode.SignalDone => 1 + 8,
        SyscallCode.BackedAms => 8 + 1,
        SyscallCode.HandleSignal => 1 + 8,
        SyscallCode.UnhandleSignal or SyscallCode.IsSignalHandled => 1,
        SyscallCode.CreateThread => 8 + 8,
        SyscallCode.WaitWord => 8 + 4 + 4,
        SyscallCode.WakeWord => 8 + 4,
        SyscallCode.MemAlloc => 8 + 1 + 1,
        SyscallCode.MemFree or SyscallCode.VirtMemAms or SyscallCode.UnshareAms
            or SyscallCode.UnmapAms => 8 + 8,
        SyscallCode.ShareAms => 8 + 8 + 2 + 1 + 1,
        SyscallCode.AmsSharingInfo => 8,
        SyscallCode.MapAms => 8 + 8 + Buffer + 1,
        SyscallCode.DeviceAms => 8 + 8 + 8 + 8,
        SyscallCode.WaitChildProcess or SyscallCode.KillChildProcess => 8 + 2,
        SyscallCode.CreateProcess or SyscallCode.Exit or SyscallCode.SetThreadPointer => 8,
        SyscallCode.ConsoleWrite or SyscallCode.ListProcesses or SyscallCode.ReadLog
            or SyscallCode.FillRandom or SyscallCode.ListPrograms
            or SyscallCode.ListDevices => Buffer,
        SyscallCode.ConsoleRead => Buffer + 4,
        SyscallCode.Spawn => Buffer + Buffer + 1 + Buffer,
        SyscallCode.ListRegions => 8 + Buffer,
        SyscallCode.Shutdown => 1,
        SyscallCode.Sleep or SyscallCode.ExitThread => 4,
        _ => Unknown,
    };
}
