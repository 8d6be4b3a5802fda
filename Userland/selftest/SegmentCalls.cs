using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Calls about segments, to succeed or be refused.</summary>
internal sealed class SegmentCalls(Workbench bench)
{
    /// <summary>Makes a segment of new pages.</summary>
    internal ulong Make(ulong bytes, out ulong start)
    {
        start = Memory.Allocate((nuint)bytes).Start.Value;
        return Capture(start, bytes);
    }

    /// <summary>Makes a segment of pages.</summary>
    internal ulong Capture(ulong start, ulong bytes)
    {
        bench.Begin(SyscallCode.VirtMemAms).Put(start).Put(bytes);
        bench.Accepts($"VIRT_MEM_AMS: {bytes} bytes");
        bench.Checks.That("VIRT_MEM_AMS: a number", bench.Caller.Value0 != 0);
        return bench.Caller.Value0;
    }

    internal void RefusesCapture(ulong start, ulong bytes, ErrorCode error)
    {
        bench.Begin(SyscallCode.VirtMemAms).Put(start).Put(bytes);
        bench.Refuses($"VIRT_MEM_AMS: {bytes:X} at {start:X}", error);
    }

    /// <summary>Maps a part, or what follows the offset if bytes is 0.</summary>
    internal ulong Map(ulong segment, ulong offset, ulong bytes, MappingRights rights) =>
        MapAt(segment, offset, 0, bytes, rights);

    internal ulong MapAt(
        ulong segment, ulong offset, ulong place, ulong bytes, MappingRights rights)
    {
        BeginMap(segment, offset, place, bytes, (byte)rights);
        bench.Accepts($"MAP_AMS: {rights}");
        return bench.Caller.Value0;
    }

    internal void RefusesMap(
        ulong segment, ulong offset, ulong place, ulong bytes, byte rights, ErrorCode error)
    {
        BeginMap(segment, offset, place, bytes, rights);
        bench.Refuses($"MAP_AMS: {offset:X} at {place:X}, {bytes:X}, rights {rights}", error);
    }

    internal void Unmap(ulong segment, ulong address)
    {
        bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(address);
        bench.Accepts("UNMAP_AMS");
    }

    internal void GiveUp(ulong segment)
    {
        BeginUnshare(segment, Process.Id.Value);
        bench.Accepts("UNSHARE_AMS: with oneself");
        BeginUnshare(segment, Process.Id.Value);
        bench.Refuses("UNSHARE_AMS: a second time", ErrorCode.UnknownSegment);
    }

    internal void BeginUnshare(ulong segment, ulong process) =>
        bench.Begin(SyscallCode.UnshareAms).Put(segment).Put(process);

    internal void BeginShare(ulong process, ulong segment, SharingMode mode, byte notice = 1) =>
        bench.Begin(SyscallCode.ShareAms).Put(process).Put(segment).Put(0xC0DE, sizeof(ushort))
            .Put(notice, sizeof(byte)).Put((byte)mode, sizeof(byte));

    /// <summary>Whether nothing is mapped there.</summary>
    internal bool IsFree(ulong address) =>
        Process.FindRegion(Process.Id, new(address)) is null;

    /// <summary>Every frame of RAM has someone who has it, and every invariant holds.</summary>
    internal void CountsAll(string when)
    {
        bench.Begin(SyscallCode.CountMemory);
        bench.Accepts("COUNT_MEMORY");
        Caller counted = bench.Caller;
        bench.Checks.Equal($"no frame is lost {when}", counted.Value0,
            counted.Value1 + counted.Value2 + counted.Value3);
        bench.Begin(SyscallCode.AuditMemory);
        bench.Accepts("AUDIT_MEMORY");
        bench.Checks.Equal($"all is sound {when}", 1, bench.Caller.Value0);
    }

    private void BeginMap(
        ulong segment, ulong offset, ulong place, ulong bytes, byte rights) =>
        bench.Begin(SyscallCode.MapAms).Put(segment).Put(offset).Put(place).Put(bytes)
            .Put(rights, sizeof(byte));
}
