using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// A process that takes of one resource until its job may have no more: then the call gives 0x40,
/// the job uses as much as it may, and what is given back can be taken again.
/// </summary>
internal static unsafe class Limited
{
    /// <summary>
    /// The weight of its job until the limit is set: with that it gets the usual one, in one call.
    /// </summary>
    internal const ushort WeightBeforeLimit = 2 * Job.UsualWeight;

    private const int Most = 4096;
    private const int MostThreads = 64;
    private const int KernelMemory = 1;
    private const int Regions = 5;
    private const ulong RegionPages = 3;

    // Nothing is allocated while a limit is reached.
    private static readonly Caller _caller = new();
    private static readonly JobRecord* _record =
        (JobRecord*)Memory.Allocate(Memory.PageBytes).Start.Value;

    private static readonly ulong[] _taken = new ulong[Most];
    private static readonly NativeThread[] _threads = new NativeThread[MostThreads];
    private static readonly uint* _words =
        (uint*)Memory.Allocate(Memory.PageBytes).Start.Value;

    private static int _running;

    /// <summary>
    /// The resources that it can take of, by their places in a ResourceRecord.
    /// </summary>
    internal static (int Place, string Name)[] Resources { get; } =
    [
        (0, "committed memory"), (1, "kernel memory"), (2, "processes"), (3, "threads"),
        (4, "segments"), (5, "regions"),
    ];

    /// <summary>Waits for the limit, and reaches it.</summary>
    /// <returns>0 if all was as it must be, or the number of what was not.</returns>
    internal static int Run(int resource)
    {
        AwaitLimit();
        int count = 0;
        ErrorCode error;
        while ((error = Take(resource, out ulong taken)) == ErrorCode.None)
        {
            if (count == Most)
                return 1;
            _taken[count++] = taken;
        }
        if (error != ErrorCode.NoMemory || count == 0)
            return 2;
        Look();
        ulong used = At(&_record->Usage, resource);
        ulong most = At(&_record->Limits, resource);
        if (used > most || most - used >= Granularity(resource))
            return 3;
        // What is left of a region on both sides would be two.
        if (resource == Regions && FreeMiddle(_taken[0]) != ErrorCode.NoMemory)
            return 6;
        GiveBack(resource, _taken[--count]);
        // How many page tables an allocation needs is chance.
        if (resource != KernelMemory)
        {
            if (Take(resource, out _taken[count]) != ErrorCode.None)
                return 4;
            if (Take(resource, out _) != ErrorCode.NoMemory)
                return 5;
            count++;
        }
        while (count > 0)
            GiveBack(resource, _taken[--count]);
        return 0;
    }

    /// <summary>Waits until the weight of its job is the usual one.</summary>
    internal static void AwaitLimit()
    {
        for (Look(); _record->Weight == WeightBeforeLimit; Look())
            Clock.Sleep(1);
    }

    /// <summary>Copies itself for ever, and so does each copy.</summary>
    internal static int Bomb()
    {
        while (true)
            _caller.Begin(SyscallCode.CreateProcess).Put(0).Send();
    }

    // How much of it one at most takes: a region may need three or four page tables.
    private static ulong Granularity(int resource) => resource switch
    {
        0 => 16 * Memory.PageBytes,
        KernelMemory => 8 * Memory.PageBytes,
        _ => 1,
    };

    private static void Look() => _caller.TellOwnJob(_record);

    // Safe: a record is seven numbers.
    private static ulong At(ResourceRecord* record, int resource) => ((ulong*)record)[resource];

    private static ErrorCode Take(int resource, out ulong taken)
    {
        ErrorCode error = resource switch
        {
            0 => Allocate(16),
            2 => Copy(),
            3 => Start(),
            4 => Capture(),
            Regions => Allocate(RegionPages),
            _ => Allocate(1),
        };
        taken = _caller.Value0;
        return error;
    }

    private static void GiveBack(int resource, ulong taken)
    {
        switch (resource)
        {
            case 2:
                _caller.Begin(SyscallCode.KillChildProcess).Put(taken).Put(0, sizeof(ushort));
                break;
            case 3:
                End();
                return;
            case 4:
                _caller.Begin(SyscallCode.UnmapAms).Put(taken).Put(0).Send();
                _caller.Begin(SyscallCode.UnshareAms).Put(taken).Put(Process.Id.Value);
                break;
            default:
                _caller.Begin(SyscallCode.MemFree).Put(taken)
                    .Put(resource switch { 0 => 16, Regions => RegionPages, _ => 1ul });
                break;
        }
        _caller.Send();
    }

    private static ErrorCode Allocate(ulong pages) => _caller.Begin(SyscallCode.MemAlloc)
        .Put(pages * Memory.PageBytes).Put((ulong)MemoryRights.ReadWrite, 1).Put(0, 1).Send();

    private static ErrorCode FreeMiddle(ulong start) => _caller.Begin(SyscallCode.MemFree)
        .Put(start + Memory.PageBytes).Put(1).Send();

    private static ErrorCode Capture()
    {
        if (Allocate(1) != ErrorCode.None)
            return ErrorCode.NotFound;
        ulong start = _caller.Value0;
        ErrorCode error = _caller.Begin(SyscallCode.VirtMemAms).Put(start)
            .Put(Memory.PageBytes).Send();
        if (error != ErrorCode.None)
        {
            ulong page = start;
            _caller.Begin(SyscallCode.MemFree).Put(page).Put(1).Send();
        }
        return error;
    }

    private static ErrorCode Copy()
    {
        ErrorCode error = _caller.Begin(SyscallCode.CreateProcess).Put(0).Send();
        bool isCopy = error == ErrorCode.None && _caller.Value1 == 1;
        while (isCopy)
            _caller.Begin(SyscallCode.Sleep).Put(1000, sizeof(uint)).Send();
        return error;
    }

    // Each thread waits until it is to end; the newest is told first.
    private static ErrorCode Start()
    {
        try
        {
            _threads[_running] = NativeThread.Start(&Wait, (ulong)&_words[_running]);
            _running++;
            return ErrorCode.None;
        }
        catch (MemOsException exception)
        {
            return exception.Error;
        }
    }

    private static void End()
    {
        _running--;
        _words[_running] = 1;
        MemoryWord.Wake(Address.Of(&_words[_running]));
        _threads[_running].Join();
        _words[_running] = 0;
    }

    [UnmanagedCallersOnly]
    private static uint Wait(ulong word)
    {
        // Safe: the word is in a page that stays.
        while (*(uint*)word == 0)
            MemoryWord.Wait(new Address(word), 0);
        return 0;
    }
}
