using MemOS.Abi;
using MemOS.Mapping;

namespace MemOS.Syscalls;

/// <summary>All system calls, by their codes; docs/abi.md has the same table.</summary>
internal static unsafe class SyscallTable
{
    private const int Codes = 1 << 8;
    private const int Buffer = 8 + 8;

    private static SyscallEntry* _entries;

    // The same, where a call that needs authority is not behind the check of it.
    private static SyscallEntry* _unguarded;

    /// <summary>Makes the table, before the first call; it never changes.</summary>
    internal static void Start(KernelMemory memory)
    {
        SyscallEntry[] entries = new SyscallEntry[Codes];
        SyscallEntry[] unguarded = new SyscallEntry[Codes];
        for (int code = 0; code < Codes; code++)
        {
            SyscallEntry entry = Describe((SyscallCode)code);
            unguarded[code] = entry;
            // So that a call that needs no authority pays nothing for those that do.
            entries[code] = entry.Authority == Authority.None
                ? entry
                : entry with { Perform = &CheckAuthority };
        }
        _entries = Seal(memory, entries);
        _unguarded = Seal(memory, unguarded);
    }

    /// <summary>What is known of a code, which is any byte.</summary>
    // Safe: the table has an entry for each byte.
    internal static ref readonly SyscallEntry Find(SyscallCode code) =>
        ref _entries[(byte)code];

    private static SyscallEntry* Seal(KernelMemory memory, SyscallEntry[] entries)
    {
        int bytes = entries.Length * sizeof(SyscallEntry);
        fixed (SyscallEntry* start = entries)
            return (SyscallEntry*)ConstantTables.Seal(memory, new(start, bytes));
    }

    private static SyscallEntry Describe(SyscallCode code) => code switch
    {
        SyscallCode.HandleSignal => new(1 + 8, &SignalSyscalls.Handle),
        SyscallCode.UnhandleSignal => new(1, &SignalSyscalls.Unhandle),
        SyscallCode.IsSignalHandled => new(1, &SignalSyscalls.IsHandled),
        SyscallCode.Ready => new(0, &SignalSyscalls.MakeReady),
        SyscallCode.SignalDone => new(1 + 8, &SignalSyscalls.Leave),
        SyscallCode.MemAlloc => new(8 + 1 + 1, &MemorySyscalls.Allocate),
        SyscallCode.MemFree => new(8 + 8, &MemorySyscalls.Free),
        SyscallCode.VirtMemAms => new(8 + 8, &SegmentSyscalls.Capture),
        SyscallCode.BackedAms => new(8 + 1, &SegmentSyscalls.Back),
        SyscallCode.ShareAms => new(8 + 8 + 2 + 1 + 1, &SharingSyscalls.Share),
        SyscallCode.AmsSharingInfo => new(8, &SharingSyscalls.Tell),
        SyscallCode.UnshareAms => new(8 + 8, &SharingSyscalls.Unshare),
        SyscallCode.MapAms => new(8 + 8 + Buffer + 1, &SegmentSyscalls.Map),
        SyscallCode.UnmapAms => new(8 + 8, &SegmentSyscalls.Unmap),
        SyscallCode.CreateProcess => new(8, &ProcessSyscalls.Create),
        SyscallCode.WaitChildProcess => new(8 + 2, &ProcessSyscalls.WaitChild),
        SyscallCode.KillChildProcess => new(8 + 2, &ProcessSyscalls.KillChild),
        SyscallCode.GetPid => new(0, &ProcessSyscalls.GetPid),
        SyscallCode.HandOver => new(0, &ProcessSyscalls.HandOver),
        SyscallCode.Exit => new(8, &ProcessSyscalls.Exit),
        SyscallCode.CreateThread => new(8 + 8, &ThreadSyscalls.Create),
        SyscallCode.WaitWord => new(8 + 4 + 4, &WordSyscalls.Wait),
        SyscallCode.WakeWord => new(8 + 4, &WordSyscalls.Wake),
        SyscallCode.ExitThread => new(4, &ThreadSyscalls.Exit),
        SyscallCode.DeviceAms => new(8 + 8 + 8 + 8, &DeviceSyscalls.Capture),
        SyscallCode.CreateJob => new(Buffer + 2 + 2, &JobSyscalls.Create),
        SyscallCode.JobInfo => new(8 + Buffer, &JobSyscalls.Tell),
        SyscallCode.ListJobs => new(Buffer, &JobSyscalls.List),
        SyscallCode.SetJobLimits => new(8 + Buffer + 2, &JobSyscalls.SetLimits),
        SyscallCode.EndJob => new(8 + 4, &JobSyscalls.End),
        SyscallCode.WaitJob => new(8 + 4, &JobSyscalls.Wait),
        SyscallCode.SetForeground =>
            new(8, &JobSyscalls.SetForeground) { Authority = Authority.Console },
        SyscallCode.KeepRunning => new(0, &ConsoleSyscalls.KeepRunning),
        SyscallCode.ConsoleWrite => new(Buffer, &ConsoleSyscalls.Write),
        SyscallCode.ConsoleRead => new(Buffer + 4, &ConsoleSyscalls.Read),
        SyscallCode.Spawn => new(Buffer + Buffer + 1 + Buffer + 8, &ProcessSyscalls.Spawn),
        SyscallCode.ReadClock => new(0, &SystemSyscalls.ReadClock),
        SyscallCode.ListProcesses => new(Buffer, &ListSyscalls.Processes),
        SyscallCode.ListRegions => new(8 + Buffer, &ListSyscalls.Regions),
        SyscallCode.ListPrograms => new(Buffer, &ListSyscalls.Programs),
        SyscallCode.ListDevices => new(Buffer, &ListSyscalls.Devices),
        SyscallCode.ReadLog => new(Buffer, &SystemSyscalls.ReadLog) { Authority = Authority.Log },
        SyscallCode.CountMemory => new(0, &MemorySyscalls.Count) { Authority = Authority.Inspect },
        SyscallCode.AuditMemory => new(0, &SystemSyscalls.Audit) { Authority = Authority.Audit },
        SyscallCode.Shutdown => new(1, &SystemSyscalls.Shutdown) { Authority = Authority.Power },
        SyscallCode.SetThreadPointer => new(8, &ProcessSyscalls.SetThreadPointer),
        SyscallCode.FillRandom => new(Buffer, &SystemSyscalls.FillRandom),
        SyscallCode.Sleep => new(4, &ProcessSyscalls.Sleep),
        _ => new(SyscallEntry.Unknown, &Refuse),
    };

    // What the caller asks about is not looked at before: the answer is the same for all.
    private static SyscallOutcome CheckAuthority(ref SyscallCall call)
    {
        ref readonly SyscallEntry entry = ref _unguarded[(int)call.Arguments.Code];
        return call.Caller.Job.Has(entry.Authority)
            ? entry.Perform(ref call)
            : call.Fail(ErrorCode.NotPermitted);
    }

    private static SyscallOutcome Refuse(ref SyscallCall call) =>
        call.Fail(ErrorCode.NoSuchSyscall);
}
