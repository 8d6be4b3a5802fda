namespace MemOS.Abi;

/// <summary>Error codes in words; from 0x10 up they mean something else for each call.</summary>
public static class ErrorText
{
    /// <summary>
    /// What <paramref name="error"/> means when <paramref name="call"/> gives it.
    /// </summary>
    public static string Of(SyscallCode call, ErrorCode error) => (call, (byte)error) switch
    {
        (_, 0x00) => "no error",
        (_, 0x01) => "no such system call",
        (_, 0x02) => "invalid argument",
        (_, 0x03) => "pointer to unmapped memory",
        (_, 0x04) => "no permission",
        ( >= SyscallCode.VirtMemAms and <= SyscallCode.UnmapAms or SyscallCode.DeviceAms, _) =>
            SegmentErrorText.Of(call, error),
        (SyscallCode.MemAlloc, 0x10) => "rights that no memory can have",
        (SyscallCode.WaitChildProcess, 0x42) => "the child still runs",
        (SyscallCode.HandleSignal or SyscallCode.UnhandleSignal
            or SyscallCode.IsSignalHandled, 0x10) => "no such signal",
        (SyscallCode.UnhandleSignal, 0x30) => "the signal has no handler",
        (SyscallCode.Ready, 0x30) => "the process is ready already",
        (SyscallCode.SignalDone, 0x30) => "no handler runs in this thread",
        (SyscallCode.WaitWord or SyscallCode.WakeWord, 0x10) =>
            "address is no multiple of four",
        (SyscallCode.WaitWord, 0x30) => "the word has changed",
        (SyscallCode.WaitWord, 0x42) => "nobody has woken the caller",
        (SyscallCode.MemFree, 0x10) => "address is not the start of a page",
        (SyscallCode.MemFree, 0x30 or 0x31) => "outside the memory of a process",
        (SyscallCode.MemFree, 0x32) => "a page was not allocated",
        (SyscallCode.MemFree, 0x33) => "a page is shared",
        (SyscallCode.Spawn, 0x30) => "no such program",
        (SyscallCode.Spawn, 0x31) => "a device that the parent may not drive",
        (SyscallCode.Spawn, 0x32) => "no such job",
        (SyscallCode.Spawn, 0x41) => "not a program; the log says why",
        (SyscallCode.ListRegions, 0x30) => "no such process",
        (SyscallCode.WaitChildProcess or SyscallCode.KillChildProcess, 0x30) => "not a child",
        (SyscallCode.CreateJob or SyscallCode.SetJobLimits, 0x10) =>
            "a limit above that of the job above",
        ( >= SyscallCode.CreateJob and <= SyscallCode.SetForeground, 0x30) => "no such job",
        (SyscallCode.WaitJob, 0x42) => "a process is left",
        (SyscallCode.CreateProcess, 0x40) => "no memory for all that could be copied",
        (_, 0x40) => "no memory",
        _ => "see docs/abi.md",
    };
}
