using System;
using System.Diagnostics.CodeAnalysis;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Every system call, with what it needs and what undoes it. A call that is missing here does not
/// compile.
/// </summary>
internal sealed unsafe partial class Makings
{
    private const ulong Page = Memory.PageBytes;
    private const ulong NoLimit = ulong.MaxValue;

    private readonly Workbench _bench;
    private readonly SegmentCalls _calls;

    // What a thing is made of, such as pages or a segment; 0 once it is used up.
    private readonly ulong[] _of = new ulong[2];

    private ProcessId? _resting;

    // More than are copied in one piece.
    private ManyRegions? _many;

    internal Makings(Workbench bench)
    {
        _bench = bench;
        _calls = new SegmentCalls(bench);
        _name = WriteNames();
    }

    /// <summary>
    /// How a call is tried, in each of its kinds; none where a kernel that limits memory lacks it.
    /// </summary>
    [SuppressMessage("Style", "IDE0072:Add missing cases", Justification = "All are here.")]
    internal Making[] Of(SyscallCode code) =>
#pragma warning disable CS8524 // All codes that have a name are asked for, and no others.
        code switch
        {
            SyscallCode.HandleSignal => [Handling()],
            SyscallCode.UnhandleSignal => [Unhandling()],
            SyscallCode.IsSignalHandled => [AskingForHandler()],
            SyscallCode.Ready => [GettingReady()],
            SyscallCode.SignalDone => [LeavingNoHandler(), LeavingHandler(), Supply()],
            SyscallCode.MemAlloc => [Allocation(Page), Allocation(3 * LargePage)],
            SyscallCode.MemFree => [FreeingAll(), FreeingPart()],
            SyscallCode.VirtMemAms => [Capture()],
            SyscallCode.BackedAms => [Backing(BackingMode.Pages), Backing(BackingMode.Accesses)],
            SyscallCode.ShareAms =>
            [
                Sharing(SharingMode.Read, 0), Sharing(SharingMode.Read, 1),
                Sharing(SharingMode.Exclusive | SharingMode.Unmap, 0),
            ],
            SyscallCode.AmsSharingInfo => [AskingForSharing()],
            SyscallCode.UnshareAms => [Unsharing(), GivingUp()],
            SyscallCode.MapAms =>
            [
                Mapping(MappingRights.ReadWrite),
                Mapping(MappingRights.ReadWrite | MappingRights.CopyOnWrite),
                Mapping(MappingRights.Execute),
            ],
            SyscallCode.UnmapAms => [Unmapping()],
            SyscallCode.CreateProcess => [Copying(), CopyingMany()],
            SyscallCode.WaitChildProcess =>
                [Ending("WAIT_CHILD_PROCESS", ByExit, EndReason.Exited)],
            SyscallCode.KillChildProcess => [Killing()],
            SyscallCode.GetPid => [Plain("GET_PID", SyscallCode.GetPid)],
            SyscallCode.HandOver => [Plain("HAND_OVER", SyscallCode.HandOver)],
            SyscallCode.Exit =>
            [
                Ending("EXIT", ByExit, EndReason.Exited),
                Ending("the end for a fault", ByFault, EndReason.Faulted),
            ],
            SyscallCode.CreateThread => [Starting()],
            SyscallCode.WaitWord => [WaitingForWord()],
            SyscallCode.WakeWord => [WakingWord()],
            SyscallCode.ExitThread => [Ending("EXIT_THREAD", ByThreads, EndReason.Exited)],
            SyscallCode.DeviceAms => DeviceMemory(),
            SyscallCode.CreateJob => [CreatingJob()],
            SyscallCode.JobInfo => [AskingForJob()],
            SyscallCode.ListJobs => [Listing("LIST_JOBS", SyscallCode.ListJobs)],
            SyscallCode.SetJobLimits => [LimitingJob()],
            SyscallCode.EndJob => [EndingJob(HasProcess.No), EndingJob(HasProcess.Yes)],
            SyscallCode.WaitJob => [WaitingForJob()],
            SyscallCode.SetForeground => [SettingForeground()],
            SyscallCode.KeepRunning => [Plain("KEEP_RUNNING", SyscallCode.KeepRunning)],
            SyscallCode.ConsoleWrite => [Writing()],
            SyscallCode.ConsoleRead => [Reading()],
            SyscallCode.Spawn => [Spawning()],
            SyscallCode.ReadClock => [Plain("READ_CLOCK", SyscallCode.ReadClock)],
            SyscallCode.ListProcesses => [Listing("LIST_PROCESSES", SyscallCode.ListProcesses)],
            SyscallCode.ListRegions => [ListingRegions()],
            SyscallCode.ReadLog => [Listing("READ_LOG", SyscallCode.ReadLog)],
            SyscallCode.CountMemory => [Plain("COUNT_MEMORY", SyscallCode.CountMemory)],
            SyscallCode.Shutdown => [StoppingNever()],
            SyscallCode.SetThreadPointer => [LeavingHandler()],
            SyscallCode.FillRandom => [Filling()],
            SyscallCode.Sleep => [Sleeping()],
            SyscallCode.ListPrograms => [Listing("LIST_PROGRAMS", SyscallCode.ListPrograms)],
            SyscallCode.ListDevices => [Listing("LIST_DEVICES", SyscallCode.ListDevices)],
            SyscallCode.AuditMemory => [Auditing()],
            SyscallCode.LimitMemory => [Limiting()],
            SyscallCode.ListEntries => [ListingEntries()],
        };
#pragma warning restore CS8524

    /// <summary>Ends the process that a call was tried with; what it was told fills it up.
    /// </summary>
    internal void End()
    {
        if (_resting is { } process)
            Process.Kill(process);
        _resting = null;
        _many?.Dispose();
        _many = null;
    }

    private ProcessId Resting => _resting ??= StartResting();

    // A process that does nothing until it is ended. It has begun to, as its start takes memory.
    private static ProcessId StartResting()
    {
        ProcessId process = Process.Spawn("selftest", "rest");
        while (!Array.Exists(Process.List(),
            one => one.Id == process && one.State == ProcessState.Waiting))
            Process.HandOver();
        return process;
    }

    private Making Plain(string name, SyscallCode code) => Plain(name, () => _bench.Begin(code));

    private Making Plain(string name, Action prepare, ErrorCode answer = ErrorCode.None) =>
        Calling(name, _ => prepare(), static (_, _) => { }) with { Answer = answer };

    private Making Listing(string name, SyscallCode code) => Plain(name, () =>
        _bench.Begin(code).Put(_bench.Grounds.Writable).Put(SyscallConvention.LongestBuffer));

    private Making Calling(string name, Action<int> prepare, Action<int, ulong> undo) =>
        new(name, prepare, _bench.Caller.Send, undo);

    private ulong Prepared(int thing, Func<ulong> make)
    {
        if (_of[thing] == 0)
            _of[thing] = make();
        return _of[thing];
    }
}
