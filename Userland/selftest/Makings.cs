using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>All calls that make something, with what undoes them.</summary>
internal sealed unsafe class Makings
{
    private const ulong Page = Memory.PageBytes;
    private const ulong LargePage = 2 << 20;

    private static readonly byte[] _program = "selftest"u8.ToArray();
    private static readonly byte[] _arguments = "exit\0"u8.ToArray();

    private readonly Workbench _bench;
    private readonly SegmentCalls _calls;
    private readonly ulong _name;

    // What a thing is made of: pages or a segment; 0 once it is used up.
    private readonly ulong[] _of = new ulong[2];

    internal Makings(Workbench bench)
    {
        _bench = bench;
        _calls = new SegmentCalls(bench);
        // Safe: a page of its own, which stays.
        _name = Memory.Allocate(Memory.PageBytes).Start.Value;
        _program.CopyTo(new Span<byte>((byte*)_name, _program.Length));
        _arguments.CopyTo(new Span<byte>((byte*)_name + 64, _arguments.Length));
    }

    /// <summary>All of them, in an order in which each finds what it needs.</summary>
    internal IEnumerable<Making> All()
    {
        yield return Allocation(Page);
        yield return Allocation(3 * LargePage);
        yield return Freeing();
        yield return Capture();
        yield return Backing(BackingMode.Pages);
        yield return Backing(BackingMode.Accesses);
        yield return Mapping(MappingRights.ReadWrite);
        yield return Mapping(MappingRights.ReadWrite | MappingRights.CopyOnWrite);
        yield return Mapping(MappingRights.Execute);
        ProcessId child = Process.Spawn("selftest", "spin");
        yield return Sharing(child, SharingMode.Read);
        yield return Sharing(child, SharingMode.Exclusive | SharingMode.Unmap);
        Process.Kill(child);
        foreach (Device device in Device.List())
        {
            if (device.IsDrivable && device.MemoryBytes != 0)
                yield return DeviceMemory(device);
        }
        yield return Handling();
        yield return Supply();
        yield return Starting();
        yield return Copy();
        yield return Spawning();
    }

    private Making Allocation(ulong bytes) => Calling(
        $"MEM_ALLOC of {bytes / Page} pages",
        _ => _bench.Begin(SyscallCode.MemAlloc).Put(bytes).Put(3, sizeof(byte))
            .Put(1, sizeof(byte)),
        (_, start) => Memory.Free(new(start), (nuint)bytes));

    // A page of three, which leaves two parts.
    private Making Freeing() => Calling(
        "MEM_FREE of a part",
        thing => _bench.Begin(SyscallCode.MemFree)
            .Put(Prepared(thing, () => Memory.Allocate(3 * Memory.PageBytes).Start.Value) + Page)
            .Put(1),
        (thing, _) =>
        {
            Memory.Free(new(_of[thing]), Memory.PageBytes);
            Memory.Free(new(_of[thing] + (2 * Page)), Memory.PageBytes);
            _of[thing] = 0;
        });

    private Making Capture() => Calling(
        "VIRT_MEM_AMS",
        thing => _bench.Begin(SyscallCode.VirtMemAms)
            .Put(Prepared(thing, () => Memory.Allocate(3 * Memory.PageBytes).Start.Value) + Page)
            .Put(Page),
        (thing, segment) =>
        {
            _calls.Unmap(segment, 0);
            _calls.GiveUp(segment);
            Memory.Free(new(_of[thing]), Memory.PageBytes);
            Memory.Free(new(_of[thing] + (2 * Page)), Memory.PageBytes);
            _of[thing] = 0;
        });

    private Making Backing(BackingMode mode) => Calling(
        $"BACKED_AMS: {mode}",
        _ => _bench.Begin(SyscallCode.BackedAms).Put(1 << 20).Put((byte)mode, sizeof(byte)),
        (_, segment) => _calls.GiveUp(segment));

    private Making Mapping(MappingRights rights) => Calling(
        $"MAP_AMS: {rights}",
        thing =>
        {
            // The block is begun afterwards, as making a segment has blocks of its own.
            ulong segment = Prepared(thing, Unmapped);
            _bench.Begin(SyscallCode.MapAms).Put(segment).Put(0).Put(0).Put(0)
                .Put((byte)rights, sizeof(byte));
        },
        (thing, address) =>
        {
            _calls.Unmap(_of[thing], address);
            _calls.GiveUp(_of[thing]);
            _of[thing] = 0;
        });

    private Making Sharing(ProcessId child, SharingMode mode) => Calling(
        $"SHARE_AMS: {mode}",
        thing => _calls.BeginShare(child.Value, Prepared(thing, Unmapped), mode, 0),
        (thing, _) =>
        {
            if ((mode & SharingMode.Exclusive) == 0)
                _calls.GiveUp(_of[thing]);
            _of[thing] = 0;
        });

    private Making DeviceMemory(Device device) => Calling(
        "DEVICE_AMS",
        thing => _bench.Begin(SyscallCode.DeviceAms).Put(device.Id.Value).Put(0).Put(Page)
            .Put((0x1234_0000ul + (ulong)thing) << 12),
        (_, segment) =>
        {
            _calls.Unmap(segment, 0);
            _calls.GiveUp(segment);
        });

    private Making Handling() => Calling(
        "HANDLE_SIGNAL",
        thing => _bench.Begin(SyscallCode.HandleSignal)
            .Put((ulong)(thing == 0 ? SignalCode.MemFault : SignalCode.Terminate), sizeof(byte))
            .Put(_bench.Grounds.ExecuteOnly),
        (thing, _) =>
        {
            _bench.Begin(SyscallCode.UnhandleSignal)
                .Put((ulong)(thing == 0 ? SignalCode.MemFault : SignalCode.Terminate), 1);
            _bench.Caller.Send();
        });

    // A new page each time: what was supplied stays.
    private Making Supply()
    {
        BackedSegment backed = new(1 << 20, static (_, page) =>
        {
            page.Fill(1);
            return BackerAnswer.Done;
        });
        Mapping mapping = backed.Segment.Map();
        ulong next = mapping.Start.Value;
        return Calling(
            "a backer's page",
            _ => _bench.Begin(SyscallCode.FillRandom).Put(next).Put(sizeof(ulong)),
            (_, _) => next += Page);
    }

    // With the memory for its stack.
    private Making Starting()
    {
        NativeThread?[] threads = new NativeThread?[2];
        int at = 0;
        return new Making(
            "CREATE_THREAD",
            thing => at = thing,
            () =>
            {
                try
                {
                    threads[at] = NativeThread.Start(&End, 0);
                    return ErrorCode.None;
                }
                catch (MemOsException exception)
                {
                    return exception.Error;
                }
            },
            (thing, _) => threads[thing]!.Join()) { UsesHeap = true };
    }

    [UnmanagedCallersOnly]
    private static uint End(ulong data) => (uint)data;

    private Making Copy() => new(
        "CREATE_PROCESS",
        _ => _bench.Begin(SyscallCode.CreateProcess).Put(0),
        () =>
        {
            ErrorCode error = _bench.Caller.Send();
            if (error == ErrorCode.None && _bench.Caller.Value1 == 1)
                Process.Exit(0);
            return error;
        },
        (_, child) => Process.Wait(new ProcessId(child)));

    private Making Spawning() => Calling(
        "SPAWN",
        _ => _bench.Begin(SyscallCode.Spawn).Put(_name).Put((ulong)_program.Length)
            .Put(_name + 64).Put((ulong)_arguments.Length).Put(0, sizeof(byte)).Put(0).Put(0)
            .Put(0),
        (_, child) => Process.Wait(new ProcessId(child)));

    private Making Calling(string name, Action<int> prepare, Action<int, ulong> undo) =>
        new(name, prepare, _bench.Caller.Send, undo);

    private ulong Prepared(int thing, Func<ulong> make)
    {
        if (_of[thing] == 0)
            _of[thing] = make();
        return _of[thing];
    }

    // A segment of three pages, of which one is there, that is mapped nowhere.
    private ulong Unmapped()
    {
        ulong segment = _calls.Make(3 * Page, out ulong start);
        // Safe: the pages are the program's.
        *(ulong*)start = segment;
        _calls.Unmap(segment, start);
        return segment;
    }
}
