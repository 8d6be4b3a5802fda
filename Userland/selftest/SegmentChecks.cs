using System;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <summary>VIRT_MEM_AMS, MAP_AMS and UNMAP_AMS, and MEM_FREE of what is a segment's.</summary>
internal sealed unsafe class SegmentChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const byte Mark = 0x5A;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        TryBadCaptures();
        TryBadMaps();
        TryMappings();
        TryPlaces();
        TryCopies();
        TryCode();
        TryConstants();
        TryUnmaps();
        TryBuffers();
        TryLargePages();
        _calls.CountsAll("after all segments");
    }

    private void TryBadCaptures()
    {
        Grounds grounds = bench.Grounds;
        ulong start = grounds.Writable;
        for (ulong bit = 1; bit < Page; bit <<= 1)
        {
            _calls.RefusesCapture(start + bit, Page, ErrorCode.Unaligned);
            _calls.RefusesCapture(start, Page + bit, ErrorCode.UnalignedLength);
        }
        _calls.RefusesCapture(start, 0, ErrorCode.NotOwn);
        _calls.RefusesCapture(start, 19 * Page, ErrorCode.NotOwn);
        _calls.RefusesCapture(start, 1UL << 63, ErrorCode.NotOwn);
        _calls.RefusesCapture(start, ulong.MaxValue - Page + 1, ErrorCode.NotOwn);
        _calls.RefusesCapture(grounds.Hole - Page, 2 * Page, ErrorCode.NotOwn);
        foreach (Place place in grounds.Nowhere)
            _calls.RefusesCapture(place.Address, Page, ErrorCode.NotOwn);
        ulong[] others =
        [
            OwnLayout.Code.Value, OwnLayout.Constants.Value, OwnLayout.Data.Value,
            OwnLayout.Stack.Value,
        ];
        foreach (ulong other in others)
            _calls.RefusesCapture(other & ~(Page - 1), Page, ErrorCode.NotOwn);
    }

    private void TryBadMaps()
    {
        ulong segment = _calls.Make(4 * Page, out ulong start);
        ulong[] strangers = [0, 1, segment + 1, segment ^ (1UL << 63), ulong.MaxValue];
        foreach (ulong stranger in strangers)
        {
            _calls.RefusesMap(stranger, 0, 0, Page, 0, ErrorCode.UnknownSegment);
            bench.Begin(SyscallCode.UnmapAms).Put(stranger).Put(0);
            bench.Refuses($"UNMAP_AMS: the segment {stranger:X}", ErrorCode.UnknownMapped);
        }
        for (ulong bit = 1; bit < Page; bit <<= 1)
        {
            _calls.RefusesMap(segment, bit, 0, Page, 0, ErrorCode.Unaligned);
            _calls.RefusesMap(segment, 0, bit, Page, 0, ErrorCode.Unaligned);
            _calls.RefusesMap(segment, 0, 0, Page + bit, 0, ErrorCode.UnalignedLength);
        }
        _calls.RefusesMap(segment, 4 * Page, 0, 0, 0, ErrorCode.BeyondSegment);
        _calls.RefusesMap(segment, 3 * Page, 0, 2 * Page, 0, ErrorCode.BeyondSegment);
        _calls.RefusesMap(segment, 0, 0, 5 * Page, 0, ErrorCode.BeyondSegment);
        _calls.RefusesMap(segment, Page, 0, ulong.MaxValue - Page + 1, 0, ErrorCode.BeyondSegment);
        _calls.RefusesMap(segment, ulong.MaxValue - Page + 1, 0, Page, 0, ErrorCode.BeyondSegment);
        ulong[] outside =
        [
            Page, 15 * Page, 0xFF_FFFF_FFFF_F000, 0x8000_0000_0000_0000, 0xFFFF_8000_0000_0000,
            0xFFFF_FFFF_FFFF_F000,
        ];
        foreach (ulong place in outside)
            _calls.RefusesMap(segment, 0, place, Page, 0, ErrorCode.BeyondSpace);
        _calls.RefusesMap(segment, 0, start, Page, 0, ErrorCode.Occupied);
        _calls.RefusesMap(segment, 0, bench.Grounds.Guard, Page, 0, ErrorCode.Occupied);
        // Write with execute, and bits that mean nothing.
        byte[] rights = [6, 7, 14, 16, 32, 64, 128, 255];
        foreach (byte wanted in rights)
            _calls.RefusesMap(segment, 0, 0, Page, wanted, ErrorCode.InvalidArgument);
        bench.Begin(SyscallCode.MemFree).Put(start).Put(4);
        bench.Refuses("MEM_FREE: pages of a segment", ErrorCode.Shared);
        _calls.RefusesCapture(start, Page, ErrorCode.NotOwn);
        ulong second = _calls.Map(segment, 0, 0, MappingRights.All);
        bench.Begin(SyscallCode.MemFree).Put(second).Put(4);
        bench.Refuses("MEM_FREE: another mapping of a segment", ErrorCode.NotAllocated);
        _calls.GiveUp(segment);
    }

    // The same memory at many addresses, also where nobody touched it before.
    private void TryMappings()
    {
        ulong segment = _calls.Make(4 * Page, out ulong start);
        *(byte*)start = Mark;
        ulong whole = _calls.Map(segment, 0, 0, MappingRights.All);
        ulong part = _calls.Map(segment, Page, 2 * Page, MappingRights.Read);
        bench.Checks.That("MAP_AMS: what was written before", *(byte*)whole == Mark);
        *(byte*)(whole + Page) = Mark + 1;
        bench.Checks.That("MAP_AMS: what is written elsewhere", *(byte*)part == Mark + 1);
        bench.Checks.That("MAP_AMS: also at the first place",
            *(byte*)(start + Page) == Mark + 1);
        bench.Checks.That("MAP_AMS: untouched pages are zero", *(ulong*)(part + Page) == 0);
        Region? region = Process.FindRegion(Process.Id, new(part));
        bench.Checks.That("MAP_AMS: a part is a region with its rights", region is
        { Bytes: 2 * Page, Rights: MemoryRights.Read } && region.Value.Start.Value == part);
        bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
        bench.Accepts("AMS_SHARING_INFO: a segment of one's own");
        Caller told = bench.Caller;
        bench.Checks.That("AMS_SHARING_INFO: whose, where, how long",
            told.Value0 == Process.Id.Value && told.Value1 == 0 && told.Value2 == 0
                && told.Value3 == part && told.Value4 == 4 * Page && told.Value5 == 0);
        _calls.GiveUp(segment);
        bench.Checks.That("UNSHARE_AMS: what is given up is unmapped",
            _calls.IsFree(start) && _calls.IsFree(whole) && _calls.IsFree(part));
    }

    // A place of the caller's choice: where something was before, so that it is one.
    private void TryPlaces()
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        ulong place = Memory.Allocate(4 * Memory.PageBytes).Start.Value;
        Memory.Free(new(place), 4 * Memory.PageBytes);
        bench.Checks.Equal("MAP_AMS: at an address", place,
            _calls.MapAt(segment, 0, place, 2 * Page, MappingRights.ReadWrite));
        _calls.RefusesMap(segment, 0, place + Page, Page, 0, ErrorCode.Occupied);
        _calls.RefusesMap(segment, 0, place - Page, 2 * Page, 0, ErrorCode.Occupied);
        bench.Checks.Equal("MAP_AMS: next to it", place + (2 * Page),
            _calls.MapAt(segment, Page, place + (2 * Page), Page, MappingRights.ReadWrite));
        *(byte*)(place + Page) = Mark;
        bench.Checks.That("MAP_AMS: one page thrice",
            *(byte*)(place + (2 * Page)) == Mark && *(byte*)(start + Page) == Mark);
        _calls.GiveUp(segment);
    }

    private void TryCopies()
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        *(byte*)start = Mark;
        ulong copy = _calls.Map(
            segment, 0, 0, MappingRights.ReadWrite | MappingRights.CopyOnWrite);
        bench.Checks.That("MAP_AMS: a copy is the same at first", *(byte*)copy == Mark);
        *(byte*)copy = Mark + 1;
        *(byte*)(copy + Page) = Mark + 2;
        bench.Checks.That("MAP_AMS: what is written to a copy is its own",
            *(byte*)start == Mark && *(byte*)(start + Page) == 0
                && *(byte*)copy == Mark + 1 && *(byte*)(copy + Page) == Mark + 2);
        *(byte*)start = Mark + 3;
        bench.Checks.That("MAP_AMS: and stays it", *(byte*)copy == Mark + 1);
        _calls.RefusesMap(
            segment, 0, 0, Page, (byte)(MappingRights.Execute | MappingRights.CopyOnWrite),
            ErrorCode.NotPermitted);
        _calls.GiveUp(segment);
    }

    // The one-way road from what can be written to what can be run.
    private void TryCode()
    {
        const byte Return = 0xC3;
        ulong segment = _calls.Make(Page, out ulong start);
        *(byte*)start = Return;
        _calls.RefusesMap(segment, 0, 0, Page, 4, ErrorCode.NotPermitted);
        ulong reading = _calls.Map(segment, 0, 0, MappingRights.Read);
        _calls.Unmap(segment, start);
        _calls.RefusesMap(segment, 0, 0, Page, 4, ErrorCode.NotPermitted);
        _calls.Unmap(segment, reading);
        ulong code = _calls.Map(segment, 0, 0, MappingRights.Execute | MappingRights.Read);
        Trespass.Execute(new(code));
        bench.Checks.That("MAP_AMS: what was written is run", *(byte*)code == Return);
        byte[] writing = [2, 3, 10, 11];
        foreach (byte rights in writing)
            _calls.RefusesMap(segment, 0, 0, Page, rights, ErrorCode.NotPermitted);
        ulong again = _calls.Map(segment, 0, 0, MappingRights.All);
        Trespass.Execute(new(again));
        _calls.Unmap(segment, 0);
        _calls.RefusesMap(segment, 0, 0, Page, 2, ErrorCode.NotPermitted);
        _calls.GiveUp(segment);
    }

    private void TryConstants()
    {
        ulong start = Memory.Allocate(Memory.PageBytes, MemoryRights.Read).Start.Value;
        ulong segment = _calls.Capture(start, Page);
        _calls.RefusesMap(segment, 0, 0, Page, 2, ErrorCode.NotPermitted);
        ulong copy = _calls.Map(
            segment, 0, 0, MappingRights.Write | MappingRights.CopyOnWrite);
        *(byte*)copy = Mark;
        bench.Checks.That("MAP_AMS: a constant can be copied", *(byte*)start == 0);
        _calls.GiveUp(segment);
        // Side by side, but for different things.
        ulong two = Memory.Allocate(2 * Memory.PageBytes).Start.Value;
        segment = _calls.Capture(two, Page);
        _calls.RefusesCapture(two, 2 * Page, ErrorCode.NotOwn);
        _calls.GiveUp(segment);
        Memory.Free(new(two + Page), Memory.PageBytes);
    }

    private void TryUnmaps()
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        ulong other = _calls.Make(Page, out ulong otherStart);
        ulong mapping = _calls.Map(segment, 0, 0, MappingRights.All);
        ulong[] wrong =
        [
            1, Page, mapping + 1, mapping + Page, bench.Grounds.Writable, otherStart,
            0x8000_0000_0000_0000, ulong.MaxValue,
        ];
        foreach (ulong address in wrong)
        {
            bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(address);
            bench.Refuses($"UNMAP_AMS: at {address:X}", ErrorCode.NotMapped);
        }
        _calls.Unmap(segment, mapping);
        bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(mapping);
        bench.Refuses("UNMAP_AMS: a second time", ErrorCode.NotMapped);
        *(byte*)start = Mark;
        _calls.Unmap(segment, 0);
        bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(0);
        bench.Refuses("UNMAP_AMS: nothing is left", ErrorCode.NotMapped);
        bench.Checks.That("UNMAP_AMS: what is unmapped is kept",
            *(byte*)_calls.Map(segment, 0, 0, MappingRights.Read) == Mark);
        _calls.GiveUp(segment);
        _calls.GiveUp(other);
    }

    // Blocks and buffers in segments: as in any memory.
    private void TryBuffers()
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        ulong reading = _calls.Map(segment, 0, 0, MappingRights.Read);
        bench.Begin(SyscallCode.FillRandom).Put(start + Page - 8).Put(16);
        bench.Checks.Equal("a block in a segment", 0,
            (ulong)bench.Caller.SendCopiedTo(start + 100));
        bench.Checks.That("a buffer in a segment is filled for all",
            *(ulong*)(reading + Page - 8) != 0 && *(ulong*)(reading + Page) != 0);
        bench.Begin(SyscallCode.FillRandom).Put(reading).Put(16);
        bench.Refuses("a buffer in a mapping to read", ErrorCode.NotPermitted);
        _calls.Unmap(segment, reading);
        bench.Begin(SyscallCode.FillRandom).Put(reading).Put(16);
        bench.Refuses("a buffer in a mapping that is gone", ErrorCode.BadPointer);
        bench.Begin(SyscallCode.GetPid);
        bench.RefusesFrom("a block in a mapping that is gone", ErrorCode.BadPointer, reading);
        ulong copy = _calls.Map(segment, 0, 0, MappingRights.Write | MappingRights.CopyOnWrite);
        ulong before = *(ulong*)(start + Page - 8);
        bench.Begin(SyscallCode.FillRandom).Put(copy + Page - 8).Put(16);
        bench.Accepts("FILL_RANDOM: to a copy");
        bench.Checks.That("a buffer in a copy is its own",
            *(ulong*)(start + Page - 8) == before && *(ulong*)(copy + Page - 8) != before);
        _calls.GiveUp(segment);
    }

    // Pages of 2 MB where there are any: captured, mapped in parts, copied, unmapped.
    private void TryLargePages()
    {
        const uint Bytes = 5 << 20;
        ulong start = Memory.Allocate(Bytes).Start.Value;
        for (ulong at = 0; at < Bytes; at += Page)
            *(ulong*)(start + at) = at;
        ulong segment = _calls.Capture(start + Page, Bytes - (3 * Page));
        ulong part = _calls.Map(segment, 2 * Page, Bytes / 2 & ~(Page - 1), MappingRights.Read);
        ulong copy = _calls.Map(segment, 0, 0, MappingRights.Write | MappingRights.CopyOnWrite);
        *(ulong*)(copy + (600 * Page)) = Mark;
        _calls.Unmap(segment, start + Page);
        bool isKept = true;
        for (ulong at = 0; at < Bytes / 2 - Page; at += Page)
            isKept &= *(ulong*)(part + at) == at + (3 * Page);
        bench.Checks.That("a large segment in part", isKept);
        bench.Checks.That("a large segment copied", *(ulong*)(copy + (601 * Page)) == 602 * Page
            && *(ulong*)(copy + (600 * Page)) == Mark
            && *(ulong*)(part + (598 * Page)) == 601 * Page);
        _calls.GiveUp(segment);
        Memory.Free(new(start), Memory.PageBytes);
        Memory.Free(new(start + Bytes - (2 * Page)), 2 * Memory.PageBytes);
    }
}
