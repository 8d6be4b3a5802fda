using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// SHARE_AMS, AMS_SHARING_INFO and UNSHARE_AMS, with children that hold the other side to it.
/// </summary>
internal sealed unsafe class SharingChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const SharingMode Reading = SharingMode.Read;
    private const SharingMode Exclusive = SharingMode.Exclusive | SharingMode.Unmap;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        ProcessId spinner = Process.Spawn("selftest", "spin");
        TryBadShares(spinner.Value);
        TryRules(spinner.Value);
        TryUnshares(spinner.Value);
        TryHandOvers(spinner.Value);
        Process.Kill(spinner);
        foreach (PeerCase one in Enum.GetValues<PeerCase>())
            TryPeer(one);
        TryHeir();
        TryCopy();
        TryQueue();
        _calls.CountsAll("after all shares");
    }

    private void TryBadShares(ulong to)
    {
        ulong segment = _calls.Make(Page, out _);
        for (int notice = 2; notice <= byte.MaxValue; notice += 23)
        {
            _calls.BeginShare(to, segment, Reading, (byte)notice);
            bench.Refuses($"SHARE_AMS: the notice {notice}", ErrorCode.BadNotice);
        }
        byte[] modes = [0x10, 0x20, 0x40, 0x14, 0xC1, 0x03, 0x07, 0x0B, 0x09, 0x0D];
        foreach (byte mode in modes)
            Refuses(to, segment, (SharingMode)mode, ErrorCode.BadMode);
        Refuses(to, segment, SharingMode.None, ErrorCode.NoRights);
        Refuses(to, segment, SharingMode.CopyOnWrite, ErrorCode.NoRights);
        byte[] needless = [0x82, 0x83, 0x84, 0x88, 0x8F];
        foreach (byte mode in needless)
            Refuses(to, segment, (SharingMode)mode, ErrorCode.NeedlessRights);
        ulong[] strangers = [0, 1, segment + 1, ulong.MaxValue];
        foreach (ulong stranger in strangers)
        {
            Refuses(to, stranger, Reading, ErrorCode.UnknownSegment);
            Refuses(to, stranger, Exclusive, ErrorCode.UnknownSegment);
            bench.Begin(SyscallCode.AmsSharingInfo).Put(stranger);
            bench.Refuses($"AMS_SHARING_INFO: {stranger:X}", ErrorCode.UnknownSegment);
            _calls.BeginUnshare(stranger, to);
            bench.Refuses($"UNSHARE_AMS: {stranger:X}", ErrorCode.UnknownSegment);
        }
        ulong[] nobody = [0, 99, 1UL << 40, ulong.MaxValue];
        foreach (ulong process in nobody)
            Refuses(process, segment, Reading, ErrorCode.NoReceiver);
        Refuses(Process.Id.Value, segment, Reading, ErrorCode.AlreadyShared);
        // Without Unmap the giver's pages would stay.
        Refuses(to, segment, SharingMode.Exclusive, ErrorCode.NotExclusive);
        _calls.GiveUp(segment);
    }

    // No frame to write and to execute, whoever has it.
    private void TryRules(ulong to)
    {
        ulong segment = _calls.Make(Page, out ulong start);
        Refuses(to, segment, SharingMode.Execute, ErrorCode.NotPermitted);
        Share(to, segment, SharingMode.Read | SharingMode.Write);
        _calls.Unmap(segment, start);
        _calls.RefusesMap(segment, 0, 0, Page, 4, ErrorCode.NotPermitted);
        Refuses(to, segment, Reading, ErrorCode.AlreadyShared);
        Unshare(segment, to);
        Share(to, segment, SharingMode.Execute | SharingMode.Read);
        _calls.RefusesMap(segment, 0, 0, Page, 2, ErrorCode.NotPermitted);
        _calls.Map(segment, 0, 0, MappingRights.Execute);
        Unshare(segment, to);
        Refuses(to, segment, SharingMode.Write, ErrorCode.NotPermitted);
        Refuses(
            to, segment, SharingMode.Write | SharingMode.CopyOnWrite, ErrorCode.NotPermitted);
        Share(to, segment, Reading);
        _calls.GiveUp(segment);
    }

    private void TryUnshares(ulong to)
    {
        ulong segment = _calls.Make(Page, out _);
        _calls.BeginUnshare(segment, 0);
        bench.Refuses("UNSHARE_AMS: not shared at all", ErrorCode.NotShared);
        Share(to, segment, Reading);
        bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
        bench.Accepts("AMS_SHARING_INFO: what was shared");
        Caller told = bench.Caller;
        bench.Checks.That("AMS_SHARING_INFO: who, with whom, how",
            told.Value0 == Process.Id.Value && told.Value1 == to && told.Value2 == 0
                && told.Value5 == (0xC0DE | ((ulong)Reading << 16)));
        _calls.BeginUnshare(segment, 1);
        bench.Refuses("UNSHARE_AMS: with somebody else", ErrorCode.NotShared);
        _calls.BeginUnshare(segment, 0);
        bench.Accepts("UNSHARE_AMS: with all");
        _calls.BeginUnshare(segment, to);
        bench.Refuses("UNSHARE_AMS: no more", ErrorCode.NotShared);
        _calls.GiveUp(segment);
    }

    private void TryHandOvers(ulong to)
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        ulong second = _calls.Map(segment, 0, 0, MappingRights.Read);
        Share(to, segment, Reading);
        Refuses(to, segment, Exclusive, ErrorCode.NotExclusive);
        Unshare(segment, to);
        Share(to, segment, Exclusive);
        bench.Checks.That("SHARE_AMS: what is handed over is unmapped",
            _calls.IsFree(start) && _calls.IsFree(second));
        _calls.RefusesMap(segment, 0, 0, Page, 0, ErrorCode.UnknownSegment);
        Refuses(to, segment, Reading, ErrorCode.UnknownSegment);
        bench.Begin(SyscallCode.UnmapAms).Put(segment).Put(0);
        bench.Refuses("UNMAP_AMS: what was handed over", ErrorCode.UnknownMapped);
        ulong[] others = [0, to, Process.Id.Value];
        foreach (ulong other in others)
        {
            _calls.BeginUnshare(segment, other);
            bench.Refuses($"UNSHARE_AMS: handed over, {other}", ErrorCode.HandedOver);
        }
        bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
        bench.Accepts("AMS_SHARING_INFO: what was handed over");
        bench.Checks.That("AMS_SHARING_INFO: it is gone",
            bench.Caller.Value1 == to && bench.Caller.Value2 == 1 && bench.Caller.Value3 == 0);
        // To oneself: from then on it cannot be handed over, and may become code.
        segment = _calls.Make(Page, out start);
        Share(Process.Id.Value, segment, Exclusive);
        bench.Checks.That("SHARE_AMS: to oneself unmaps as well", _calls.IsFree(start));
        Refuses(to, segment, Exclusive, ErrorCode.NotExclusive);
        _calls.Map(segment, 0, 0, MappingRights.Execute);
        _calls.GiveUp(segment);
        // With nothing mapped, Unmap need not be said.
        segment = _calls.Make(Page, out start);
        _calls.Unmap(segment, start);
        Share(to, segment, SharingMode.Exclusive);
    }

    // A child that is given a segment and holds its side of the call to the document.
    private void TryPeer(PeerCase one)
    {
        ulong segment = _calls.Make(2 * Page, out ulong start);
        *(ulong*)start = Peer.Mark;
        ProcessId child = Process.Spawn(
            "selftest", "peer", one.ToString(), new SegmentId(segment).ToString());
        // It knows the number, but has nothing yet.
        Clock.Sleep(2);
        _calls.BeginShare(
            child.Value, segment, Peer.ModeOf(one), one == PeerCase.Told ? (byte)0 : (byte)1);
        bench.Accepts($"SHARE_AMS: with a peer, {one}");
        if (one is PeerCase.Unshared or PeerCase.Told)
        {
            while (Volatile.Read(ref *(ulong*)(start + 8)) == 0)
                Clock.Sleep(1);
            Unshare(segment, child.Value);
        }
        ProcessEnd end = Process.Wait(child);
        ProcessEnd expected = one == PeerCase.Unshared
            ? new ProcessEnd(EndReason.Faulted, 0, FaultKind.Write)
            : new ProcessEnd(EndReason.Exited, 0, FaultKind.None);
        bench.Checks.That($"a peer, {one}: {end}", end.IsLike(expected));
        if (one == PeerCase.Owner)
            return;
        ulong left = one == PeerCase.Writer ? ~Peer.Mark : Peer.Mark;
        bench.Checks.Equal($"a peer, {one}, leaves", left, *(ulong*)start);
        _calls.BeginUnshare(segment, 0);
        bench.Refuses($"a peer, {one}, that has ended has nothing", ErrorCode.NotShared);
        _calls.GiveUp(segment);
    }

    // The giver ends first; who was given the segment keeps it.
    private void TryCopy()
    {
        ulong segment = _calls.Make(Page, out _);
        string name = new SegmentId(segment).ToString();
        ProcessId copier = Process.Spawn("selftest", "copier", name);
        ProcessId passer = Process.Spawn("selftest", "passer", name);
        Share(copier.Value, segment, SharingMode.Read | SharingMode.Write);
        Share(passer.Value, segment, SharingMode.Read);
        bench.Checks.That("a copy is given what it has", Process.Wait(passer).IsSuccess);
        Unshare(segment, copier.Value);
        ProcessEnd end = Process.Wait(copier);
        bench.Checks.That($"a copy loses what it was a copy of: {end}", end.IsSuccess);
        _calls.GiveUp(segment);
    }

    private void TryHeir()
    {
        ulong box = _calls.Make(Page, out ulong start);
        string name = new SegmentId(box).ToString();
        ProcessId heir = Process.Spawn("selftest", "heir", name);
        ProcessId giver = Process.Spawn("selftest", "giver", name, heir.ToString());
        Share(heir.Value, box, SharingMode.Read | SharingMode.Write);
        Share(giver.Value, box, SharingMode.Read | SharingMode.Write);
        bench.Checks.That("a giver ends", Process.Wait(giver).IsSuccess);
        *(ulong*)(start + 8) = giver.Value;
        ProcessEnd end = Process.Wait(heir);
        bench.Checks.That($"an heir keeps what it was given: {end}", end.IsSuccess);
        _calls.GiveUp(box);
    }

    // Who is never ready can be told so much and no more.
    private void TryQueue()
    {
        const int Most = 64;
        ProcessId spinner = Process.Spawn("selftest", "spin");
        ulong[] segments = new ulong[Most + 1];
        for (int i = 0; i <= Most; i++)
        {
            segments[i] = _calls.Make(Page, out _);
            _calls.BeginShare(spinner.Value, segments[i], Reading, 0);
            if (i < Most)
                bench.Accepts($"SHARE_AMS: to who has {i} signals waiting");
            else
                bench.Refuses("SHARE_AMS: to who has 64 signals waiting", ErrorCode.NoMemory);
        }
        _calls.BeginShare(spinner.Value, segments[Most], Exclusive, 0);
        bench.Refuses("SHARE_AMS: all of it, to who has 64 waiting", ErrorCode.NoMemory);
        Share(spinner.Value, segments[Most], Reading);
        // It misses this, and nobody waits for it.
        Unshare(segments[0], spinner.Value);
        Process.Kill(spinner);
        Array.ForEach(segments, _calls.GiveUp);
    }

    private void Share(ulong to, ulong segment, SharingMode mode)
    {
        _calls.BeginShare(to, segment, mode);
        bench.Accepts($"SHARE_AMS: {(byte)mode:X}");
    }

    private void Unshare(ulong segment, ulong from)
    {
        _calls.BeginUnshare(segment, from);
        bench.Accepts("UNSHARE_AMS");
    }

    private void Refuses(ulong to, ulong segment, SharingMode mode, ErrorCode error)
    {
        _calls.BeginShare(to, segment, mode);
        bench.Refuses($"SHARE_AMS: {segment:X} to {to} with {(byte)mode:X}", error);
    }
}
