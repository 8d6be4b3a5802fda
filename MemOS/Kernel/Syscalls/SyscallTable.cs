using MemOS.Abi;
using MemOS.Mapping;
using MemOS.Traps;

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
        SyscallCode.HandleSignal => new(1 + 8, HeapNeed.ToKeep(5), &SignalSyscalls.Handle),
        SyscallCode.UnhandleSignal => new(1, HeapNeed.None, &SignalSyscalls.Unhandle),
        SyscallCode.IsSignalHandled => new(1, HeapNeed.None, &SignalSyscalls.IsHandled),
        SyscallCode.Ready => new(0, HeapNeed.None, &SignalSyscalls.MakeReady),
        SyscallCode.SignalDone => new(1 + 8, HeapNeed.None, &SignalSyscalls.Leave),
        SyscallCode.MemAlloc => new(
            8 + 1 + 1, HeapNeed.ToKeep(1), &MemorySyscalls.MeasureAllocate,
            &MemorySyscalls.Allocate),
        SyscallCode.MemFree => new(8 + 8, HeapNeed.ToGiveBack(1), &MemorySyscalls.Free),
        SyscallCode.VirtMemAms => new(8 + 8, HeapNeed.ToKeep(5), &SegmentSyscalls.Capture),
        SyscallCode.BackedAms => new(8 + 1, HeapNeed.ToKeep(4), &SegmentSyscalls.Back),
        SyscallCode.ShareAms => new(8 + 8 + 2 + 1 + 1, HeapNeed.ToKeep(1), &SharingSyscalls.Share),
        SyscallCode.AmsSharingInfo => new(8, HeapNeed.None, &SharingSyscalls.Tell),
        SyscallCode.UnshareAms => new(8 + 8, HeapNeed.None, &SharingSyscalls.Unshare),
        SyscallCode.MapAms => new(8 + 8 + Buffer + 1, HeapNeed.ToKeep(1), &SegmentSyscalls.Map),
        SyscallCode.UnmapAms => new(8 + 8, HeapNeed.None, &SegmentSyscalls.Unmap),
        SyscallCode.CreateProcess => new(
            8, HeapNeed.Measured, &ProcessSyscalls.MeasureCreate, &ProcessSyscalls.Create),
        SyscallCode.WaitChildProcess => new(8 + 2, HeapNeed.None, &ProcessSyscalls.WaitChild),
        SyscallCode.KillChildProcess => new(8 + 2, HeapNeed.None, &ProcessSyscalls.KillChild),
        SyscallCode.GetPid => new(0, HeapNeed.None, &ProcessSyscalls.GetPid),
        SyscallCode.HandOver => new(0, HeapNeed.None, &ProcessSyscalls.HandOver),
        SyscallCode.Exit => new(8, HeapNeed.None, &ProcessSyscalls.Exit),
        SyscallCode.CreateThread => new(8 + 8, HeapNeed.ToKeep(8), &ThreadSyscalls.Create),
        SyscallCode.WaitWord => new(8 + 4 + 4, HeapNeed.None, &WordSyscalls.Wait),
        SyscallCode.WakeWord => new(8 + 4, HeapNeed.None, &WordSyscalls.Wake),
        SyscallCode.ExitThread => new(4, HeapNeed.None, &ThreadSyscalls.Exit),
        SyscallCode.DeviceAms => new(8 + 8 + 8 + 8, HeapNeed.ToKeep(4), &DeviceSyscalls.Capture),
        _ => DescribeOwn(code),
    };

    // The calls that the specification has no code for.
    private static SyscallEntry DescribeOwn(SyscallCode code) => code switch
    {
        SyscallCode.CreateJob => new(
            Buffer + 2 + 2 + 8, HeapNeed.ToKeep(10), &JobSyscalls.Create),
        SyscallCode.JobInfo => new(8 + Buffer, HeapNeed.None, &JobSyscalls.Tell),
        SyscallCode.ListJobs => new(Buffer, HeapNeed.None, &JobSyscalls.List),
        SyscallCode.SetJobLimits => new(8 + Buffer + 2, HeapNeed.None, &JobSyscalls.SetLimits),
        SyscallCode.EndJob => new(8 + 4, HeapNeed.None, &JobSyscalls.End),
        SyscallCode.WaitJob => new(8 + 4, HeapNeed.None, &JobSyscalls.Wait),
        SyscallCode.SetForeground => new(8, HeapNeed.None, &JobSyscalls.SetForeground)
        {
            Authority = Authority.Console,
        },
        SyscallCode.KeepRunning => new(0, HeapNeed.None, &ConsoleSyscalls.KeepRunning),
        SyscallCode.ConsoleWrite => new(Buffer, HeapNeed.None, &ConsoleSyscalls.Write),
        SyscallCode.ConsoleRead => new(Buffer + 4, HeapNeed.None, &ConsoleSyscalls.Read),
        SyscallCode.Spawn => new(
            Buffer + Buffer + 1 + Buffer + 8, HeapNeed.Measured, &ProcessSyscalls.MeasureSpawn,
            &ProcessSyscalls.Spawn),
        SyscallCode.ReadClock => new(0, HeapNeed.None, &SystemSyscalls.ReadClock),
        SyscallCode.ListProcesses => new(Buffer, HeapNeed.None, &ListSyscalls.Processes),
        SyscallCode.ListRegions => new(8 + Buffer, HeapNeed.None, &ListSyscalls.Regions),
        SyscallCode.ListPrograms => new(Buffer, HeapNeed.None, &ListSyscalls.Programs),
        SyscallCode.ListDevices => new(Buffer, HeapNeed.None, &ListSyscalls.Devices),
        SyscallCode.ReadLog => new(Buffer, HeapNeed.None, &SystemSyscalls.ReadLog)
        {
            Authority = Authority.Log,
        },
        SyscallCode.CountMemory => new(0, HeapNeed.None, &MemorySyscalls.Count)
        {
            Authority = Authority.Inspect,
        },
        SyscallCode.AuditMemory => new(0, HeapNeed.None, &SystemSyscalls.Audit)
        {
            Authority = Authority.Audit,
        },
        SyscallCode.Shutdown => new(1, HeapNeed.None, &SystemSyscalls.Shutdown)
        {
            Authority = Authority.Power,
        },
        SyscallCode.SetThreadPointer => new(8, HeapNeed.None, &ProcessSyscalls.SetThreadPointer),
        SyscallCode.FillRandom => new(Buffer, HeapNeed.None, &SystemSyscalls.FillRandom),
        SyscallCode.ListEntries when EntryMeter.IsOn =>
            new(Buffer, HeapNeed.None, &ListSyscalls.Entries),
        SyscallCode.LimitMemory when MemoryShortage.IsOn =>
            new(8 + 8, HeapNeed.None, &SystemSyscalls.Limit),
        SyscallCode.Sleep => new(4, HeapNeed.None, &ProcessSyscalls.Sleep),
        _ => new(SyscallEntry.Unknown, HeapNeed.None, &Refuse),
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
