using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Takes what calls make, of one kind, until there is no memory; then takes all that is left and
/// tries again. Whatever it gets, it is told 0x40 in the end, and the machine goes on.
/// </summary>
internal sealed unsafe class Hoards
{
    private const int Most = 6_000;
    private const int TriesInTheEnd = 300;
    private const int LongestName = 256;
    private const uint LongestArguments = 64 * 1024;

    private static readonly string[] _kinds =
    [
        "regions", "pages", "mappings", "signals", "handlers", "threads", "copies", "programs",
        "names", "jobs",
    ];

    private readonly Caller _caller = new();
    private readonly MemoryHoard _memory = new();

    // For what the report takes, when all else is taken.
    private readonly Pages _ballast = Memory.Allocate(1 << 20);
    private readonly ulong _page = Memory.Allocate(Memory.PageBytes).Start.Value;
    private readonly ulong _arguments = Memory.Allocate(LongestArguments).Start.Value;
    private readonly ProcessId[] _children = new ProcessId[Most + TriesInTheEnd];
    private int _childCount;
    private ulong _of;
    private ulong _ofBytes;

    /// <summary>All kinds, one after the other and then all at once.</summary>
    internal int RunAll()
    {
        foreach (string kind in _kinds)
            RunInJob(kind);
        RunInJob(_kinds);
        Console.WriteLine($"attack: {2 * _kinds.Length} hoards are over");
        return 0;
    }

    // All that they leave behind ends with the job. Where memory is short, not all of them start.
    private void RunInJob(params string[] kinds)
    {
        string[] arguments = Array.ConvertAll(kinds, static kind => $"attack\0hoard\0{kind}\0");
        JobLimits none = new();
        Job job = Job.Create(none, weight: Limited.WeightBeforeLimit);
        _childCount = 0;
        // From here on nothing is allocated, as there may be nothing.
        foreach (string one in arguments)
            Start("selftest", one, job.Id.Value);
        // They have waited for that.
        job.SetLimits(none);
        foreach (ProcessId child in _children.AsSpan(0, _childCount))
            Process.Wait(child);
        job.End();
    }

    /// <summary>One kind.</summary>
    internal int Run(string kind)
    {
        Console.WriteLine($"attack: {kind} begin");
        Limited.AwaitLimit();
        Func<int, ErrorCode> make = Choose(kind);
        int made = 0;
        ErrorCode last = ErrorCode.None;
        while (made < Most && (last = make(made)) == ErrorCode.None)
            made++;
        _memory.TakeAll();
        int more = 0;
        ErrorCode odd = ErrorCode.None;
        for (int i = 0; i < TriesInTheEnd; i++)
        {
            ErrorCode error = make(made + more);
            more += error == ErrorCode.None ? 1 : 0;
            odd = error is ErrorCode.None or ErrorCode.NoMemory ? odd : error;
        }
        _memory.GiveAllBack();
        _ballast.Dispose();
        foreach (ProcessId child in _children.AsSpan(0, _childCount))
            Process.Kill(child);
        Console.WriteLine($"attack: {kind}: {made}, then {(byte)last:X2}; with nothing left "
            + $"{more} of {TriesInTheEnd}, else {(byte)odd:X2}");
        // Threads that sleep would hold it up.
        Process.Exit(0);
        return 0;
    }

    private Func<int, ErrorCode> Choose(string kind)
    {
        switch (kind)
        {
            case "regions":
                TakeLargest();
                return FreeEverySecondPage;
            case "pages":
                return _ => BeginAllocate(Memory.PageBytes).Send();
            case "mappings":
                _caller.Begin(SyscallCode.VirtMemAms).Put(_page).Put(Memory.PageBytes).Send();
                _of = _caller.Value0;
                return _ => _caller.Begin(SyscallCode.MapAms).Put(_of).Put(0).Put(0).Put(0)
                    .Put((byte)MappingRights.Read, sizeof(byte)).Send();
            case "signals":
                _of = Keep(Process.Spawn("selftest", "rest")).Value;
                return _ => ShareNew();
            case "handlers":
                return i => _caller.Begin(SyscallCode.HandleSignal)
                    .Put((ulong)SignalCode.Terminate, sizeof(byte)).Put((ulong)i + 1).Send();
            case "threads":
                return _ => StartThread();
            case "copies":
                return _ => Copy();
            case "programs":
                return _ => Start("selftest", "rest\0");
            case "names":
                string[] unknown = [new('x', LongestName), new('x', LongestName - 1)];
                return i => Start(unknown[i % 2], "") is var error
                    && error == ErrorCode.NotFound ? ErrorCode.None : error;
            case "jobs":
                return _ => _caller.Begin(SyscallCode.CreateJob).Put(0).Put(0)
                    .Put(0, sizeof(uint)).Put(0).Send();
            default:
                throw new ArgumentException($"no such hoard: {kind}");
        }
    }

    private void TakeLargest()
    {
        _ofBytes = 1u << 31;
        while (_ofBytes != 0 && BeginAllocate(_ofBytes).Send() != ErrorCode.None)
            _ofBytes /= 2;
        _of = _caller.Value0;
    }

    // Each page that goes makes one more region. At the end of the memory there is no more to do.
    private ErrorCode FreeEverySecondPage(int number)
    {
        ulong at = (2 * (ulong)number * Memory.PageBytes) + Memory.PageBytes;
        return at >= _ofBytes
            ? ErrorCode.NoMemory
            : _caller.Begin(SyscallCode.MemFree).Put(_of + at).Put(1).Send();
    }

    // With a notice, which waits for a process that asks for none.
    private ErrorCode ShareNew()
    {
        ErrorCode error = _caller.Begin(SyscallCode.BackedAms).Put(Memory.PageBytes)
            .Put((byte)BackingMode.Pages, sizeof(byte)).Send();
        return error != ErrorCode.None
            ? error
            : _caller.Begin(SyscallCode.ShareAms).Put(_of).Put(_caller.Value0)
                .Put(0, sizeof(ushort)).Put((ulong)ShareNotice.Signal, sizeof(byte))
                .Put((byte)SharingMode.Read, sizeof(byte)).Send();
    }

    // One that sleeps for ever and uses no stack.
    private ErrorCode StartThread()
    {
        _caller.Begin(SyscallCode.Sleep).Put(uint.MaxValue, sizeof(uint)).CopyBlock(_page);
        return _caller.Begin(SyscallCode.CreateThread).Put(0).Put(_page).StartSleeper(_page);
    }

    private ErrorCode Copy()
    {
        ErrorCode error = _caller.Begin(SyscallCode.CreateProcess).Put(0).Send();
        while (error == ErrorCode.None && _caller.Value1 == 1)
            Clock.Sleep(uint.MaxValue);
        if (error == ErrorCode.None)
            Keep(new ProcessId(_caller.Value0));
        return error;
    }

    // With as many arguments as there can be, if none are named.
    private ErrorCode Start(string name, string named, ulong job = 0)
    {
        Span<byte> text = new((byte*)_page, LongestName);
        Span<byte> arguments = new((byte*)_arguments, (int)LongestArguments);
        // Safe: both are pages of the program's own.
        for (int i = 0; i < name.Length; i++)
            text[i] = (byte)name[i];
        for (int i = 0; i < named.Length; i++)
            arguments[i] = (byte)named[i];
        ErrorCode error = _caller.Begin(SyscallCode.Spawn).Put(_page).Put((ulong)name.Length)
            .Put(_arguments).Put(named.Length == 0 ? LongestArguments : (ulong)named.Length)
            .Put(0, sizeof(byte)).Put(0).Put(0).Put(job).Send();
        if (error == ErrorCode.None)
            Keep(new ProcessId(_caller.Value0));
        return error;
    }

    private ProcessId Keep(ProcessId child) => _children[_childCount++] = child;

    private Caller BeginAllocate(ulong bytes) => _caller.Begin(SyscallCode.MemAlloc).Put(bytes)
        .Put((byte)MemoryRights.ReadWrite, sizeof(byte)).Put((byte)ZeroFirst.No, sizeof(byte));
}
