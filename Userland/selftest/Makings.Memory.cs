using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <content>Memory, segments and the memory of devices.</content>
internal sealed unsafe partial class Makings
{
    private const ulong LargePage = 2 << 20;

    private Making Allocation(ulong bytes) => Calling(
        $"MEM_ALLOC of {bytes / Page} pages",
        _ => _bench.Begin(SyscallCode.MemAlloc).Put(bytes).Put(3, sizeof(byte))
            .Put(1, sizeof(byte)),
        (_, start) => Memory.Free(new(start), (nuint)bytes));

    private Making FreeingAll() => Plain("MEM_FREE", () =>
    {
        ulong start = Allocate(1);
        // Safe: the page has just been allocated.
        *(ulong*)start = 1;
        _bench.Begin(SyscallCode.MemFree).Put(start).Put(1);
    });

    // A page of three, which leaves two parts.
    private Making FreeingPart() => Calling(
        "MEM_FREE of a part",
        thing => _bench.Begin(SyscallCode.MemFree)
            .Put(Prepared(thing, static () => Allocate(3)) + Page).Put(1),
        (thing, _) => FreeOuter(thing));

    private Making Capture() => Calling(
        "VIRT_MEM_AMS",
        thing => _bench.Begin(SyscallCode.VirtMemAms)
            .Put(Prepared(thing, static () => Allocate(3)) + Page).Put(Page),
        (thing, segment) =>
        {
            _calls.Unmap(segment, 0);
            _calls.GiveUp(segment);
            FreeOuter(thing);
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
            GiveUp(thing);
        });

    private Making Unmapping() => Calling(
        "UNMAP_AMS",
        thing =>
        {
            _of[thing] = _calls.Make(3 * Page, out ulong start);
            _bench.Begin(SyscallCode.UnmapAms).Put(_of[thing]).Put(start);
        },
        (thing, _) => GiveUp(thing));

    private Making Sharing(SharingMode mode, byte notice) => Calling(
        $"SHARE_AMS: {mode}, notice {notice}",
        thing => _calls.BeginShare(Resting.Value, Prepared(thing, Unmapped), mode, notice),
        (thing, _) =>
        {
            if ((mode & SharingMode.Exclusive) == 0)
                _calls.GiveUp(_of[thing]);
            _of[thing] = 0;
        });

    private Making AskingForSharing() => Calling(
        "AMS_SHARING_INFO",
        thing =>
        {
            ulong segment = Prepared(thing, Unmapped);
            _bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
        },
        (thing, _) => GiveUp(thing));

    // What the process that rests was given.
    private Making Unsharing() => Calling(
        "UNSHARE_AMS",
        thing =>
        {
            _of[thing] = Unmapped();
            _calls.BeginShare(Resting.Value, _of[thing], SharingMode.Read, 0);
            _bench.Accepts("SHARE_AMS");
            _calls.BeginUnshare(_of[thing], Resting.Value);
        },
        (thing, _) => GiveUp(thing));

    private Making GivingUp() => Plain(
        "UNSHARE_AMS with oneself",
        () => _calls.BeginUnshare(_calls.Make(3 * Page, out _), Process.Id.Value));

    // All that it may drive: each is tried in a kind of its own.
    private Making[] DeviceMemory() => Array.ConvertAll(
        Array.FindAll(Device.List(), static one => one.IsDrivable && one.MemoryBytes != 0),
        DeviceMemory);

    private Making DeviceMemory(Device device) => Calling(
        "DEVICE_AMS",
        thing => _bench.Begin(SyscallCode.DeviceAms).Put(device.Id.Value).Put(0).Put(Page)
            .Put((0x1234_0000ul + (ulong)thing) << 12),
        (_, segment) =>
        {
            _calls.Unmap(segment, 0);
            _calls.GiveUp(segment);
        });

    // A page that nobody has touched yet.
    private Making Filling() => Calling(
        "FILL_RANDOM",
        thing =>
        {
            ulong start = Prepared(thing, static () => Allocate(1));
            _bench.Begin(SyscallCode.FillRandom).Put(start).Put(Page);
        },
        (thing, _) =>
        {
            Memory.Free(new(_of[thing]), Memory.PageBytes);
            _of[thing] = 0;
        });

    // All is sound.
    private Making Auditing()
    {
        Making audit = Plain("AUDIT_MEMORY", SyscallCode.AuditMemory);
        return audit with
        {
            Send = () => audit.Send() is var error && error == ErrorCode.None
                && _bench.Caller.Value0 != 1 ? ErrorCode.InvalidArgument : error,
        };
    }

    private static ulong Allocate(uint pages) =>
        Memory.Allocate(pages * Memory.PageBytes).Start.Value;

    private void FreeOuter(int thing)
    {
        Memory.Free(new(_of[thing]), Memory.PageBytes);
        Memory.Free(new(_of[thing] + (2 * Page)), Memory.PageBytes);
        _of[thing] = 0;
    }

    private void GiveUp(int thing)
    {
        _calls.GiveUp(_of[thing]);
        _of[thing] = 0;
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
