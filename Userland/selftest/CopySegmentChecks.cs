using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>What copies of a process have of its segments, and how long.</summary>
internal sealed unsafe class CopySegmentChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const ulong Mark = 0xA55A_1234_5678_9ABC;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        TryMappings();
        TryNames();
        TryHandOver();
        TryLast();
        TryTakingBack();
        _calls.CountsAll("after all copies that had segments");
    }

    // A mutual mapping is one in the copy too; one that copies on write is each one's own.
    private void TryMappings()
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        ulong copying = _calls.Map(
            segment, 0, 0, MappingRights.ReadWrite | MappingRights.CopyOnWrite);
        ulong reading = _calls.Map(segment, 0, 0, MappingRights.Read);
        At(copying + Page) = Mark;
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
        {
            bool isSame = At(copying + Page) == Mark && At(start) == 0;
            At(start) = Mark;
            At(copying + Page) = ~Mark;
            CopyChecks.Answer(isSame, At(reading) == Mark, At(reading + Page) == 0);
        }
        CopyChecks.EndsWith(bench, "a copy's mappings", child, 0);
        bench.Checks.Equal("what a copy writes to a segment is there", Mark, At(start));
        bench.Checks.Equal("what a copy writes to its copy is not", Mark, At(copying + Page));
        _calls.GiveUp(segment);
    }

    private void TryNames()
    {
        ulong segment = _calls.Make(Page, out ulong start);
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
        {
            bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
            bool isUntold = bench.Caller.Send() == ErrorCode.UnknownSegment;
            _calls.BeginUnshare(segment, 0);
            isUntold &= bench.Caller.Send() == ErrorCode.UnknownSegment;
            _calls.BeginShare(1, segment, SharingMode.Read);
            isUntold &= bench.Caller.Send() == ErrorCode.UnknownSegment;
            bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(0);
            bool isFixed = bench.Caller.Send() == ErrorCode.UnknownMapped;
            bench.Begin(SyscallCode.MemFree).Put(start).Put(1);
            isFixed &= bench.Caller.Send() == ErrorCode.NotAllocated;
            bench.Begin(SyscallCode.VirtMemAms).Put(start).Put(Page);
            isFixed &= bench.Caller.Send() == ErrorCode.NotOwn;
            CopyChecks.Answer(isUntold, isFixed);
        }
        CopyChecks.EndsWith(bench, "a copy cannot name what it maps", child, 0);
        // It can be given it, as anyone.
        child = CopyChecks.Fork(bench);
        if (child == 0)
        {
            using Segment given = Segment.Open(new(segment), 5000);
            bool isRead = given.TryMap(0, (nuint)Page, MappingRights.Read, out _)
                == ErrorCode.None;
            CopyChecks.Answer(isRead);
        }
        _calls.BeginShare(child, segment, SharingMode.Read);
        bench.Accepts("SHARE_AMS: with a copy that maps it");
        CopyChecks.EndsWith(bench, "a copy that is given what it maps", child, 0);
        _calls.GiveUp(segment);
    }

    // What a copy maps is not its maker's alone.
    private void TryHandOver()
    {
        ulong segment = _calls.Make(Page, out _);
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
            CopyChecks.Spin();
        ProcessId self = Process.Id;
        const SharingMode Exclusive = SharingMode.Exclusive | SharingMode.Unmap;
        _calls.BeginShare(self.Value, segment, Exclusive);
        bench.Refuses("SHARE_AMS: exclusively what a copy maps", ErrorCode.NotExclusive);
        _calls.RefusesMap(segment, 0, 0, Page, 4, ErrorCode.NotPermitted);
        bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(0);
        bench.Accepts("UNMAP_AMS: what a copy maps too");
        _calls.RefusesMap(segment, 0, 0, Page, 4, ErrorCode.NotPermitted);
        Process.Kill(new ProcessId(child));
        _calls.BeginShare(self.Value, segment, Exclusive);
        bench.Accepts("SHARE_AMS: exclusively, once the copy has ended");
        _calls.Map(segment, 0, 0, MappingRights.Execute);
        _calls.GiveUp(segment);
    }

    // A segment lives as long as a copy maps it, whoever else has gone.
    private void TryLast()
    {
        ulong segment = _calls.Make(Page, out ulong start);
        ulong box = _calls.Make(Page, out ulong turn);
        At(start) = Mark;
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
        {
            while (Volatile.Read(ref At(turn)) == 0)
                Clock.Sleep(1);
            ulong heir = CopyChecks.Fork(bench);
            CopyChecks.Answer(At(start) == Mark,
                heir == 0 || Process.Wait(new ProcessId(heir)).Data == 0);
        }
        _calls.GiveUp(segment);
        At(turn) = 1;
        CopyChecks.EndsWith(bench, "a copy keeps what its maker gave up", child, 0);
        _calls.GiveUp(box);
    }

    // A share that is taken back is taken from copies of its receiver, too.
    private void TryTakingBack()
    {
        ulong segment = _calls.Make(Page, out ulong start);
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
            Receive(segment);
        _calls.BeginShare(child, segment, SharingMode.Read | SharingMode.Write);
        bench.Accepts("SHARE_AMS: with a copy");
        while (Volatile.Read(ref At(start)) == 0)
            Clock.Sleep(1);
        _calls.BeginUnshare(segment, child);
        bench.Accepts("UNSHARE_AMS: with who has made a copy of itself");
        CopyChecks.EndsWith(bench, "a receiver's copy loses what it loses", child, 0);
        _calls.GiveUp(segment);
    }

    private void Receive(ulong segment)
    {
        ulong mapped = Segment.Open(new(segment), 5000).Map().Start.Value;
        ulong copy = CopyChecks.Fork(bench);
        if (copy == 0)
        {
            while (true)
                Volatile.Write(ref At(mapped), Mark);
        }
        CopyChecks.Answer(Process.Wait(new ProcessId(copy)).IsLike(
            new ProcessEnd(EndReason.Faulted, 0, FaultKind.Write)));
    }

    // Safe: the address is one of those above.
    private static ref ulong At(ulong address) => ref *(ulong*)address;
}
