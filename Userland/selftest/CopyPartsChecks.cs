using System;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// CREATE_PROCESS of a process with so many regions that it is done in pieces, beside others that
/// take something back or end it meanwhile.
/// </summary>
internal sealed unsafe class CopyPartsChecks(Workbench bench)
{
    private const uint Regions = 1_500;
    private const ulong Page = Memory.PageBytes;
    private const int Rounds = 8;

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        using (ManyRegions regions = new(Regions))
        {
            TryAll(regions);
            TryTakingBack();
            TryEnding();
        }
        _calls.CountsAll("after copies of many regions");
    }

    private void TryAll(ManyRegions regions)
    {
        ulong child = CopyChecks.Fork(bench);
        if (child == 0)
        {
            int ofPage = Array.FindAll(
                Process.Maps(Process.Id), static region => region.Bytes == Page).Length;
            bool hasKept = bench.Caller.HasKept;
            bool isRight = regions.AreRight;
            regions.Scribble();
            // What a copy has can be given back, and copied again.
            ulong heir = CopyChecks.Fork(bench);
            if (heir == 0)
            {
                bool isOther = !regions.AreRight;
                regions.Dispose();
                CopyChecks.Answer(isOther, bench.Caller.HasKept);
            }
            CopyChecks.Answer(hasKept, ofPage >= Regions, isRight,
                Process.Wait(new ProcessId(heir)).IsSuccess);
        }
        bench.Checks.That(
            "CREATE_PROCESS in pieces: the caller keeps its registers", bench.Caller.HasKept);
        CopyChecks.EndsWith(bench, "a copy of many regions has all of them", child, 0);
        bench.Checks.That("a copy of many regions writes to its own", regions.AreRight);
    }

    // While the receiver of the share is copied, or not yet, or no more: that is chance.
    private void TryTakingBack()
    {
        for (int round = 0; round < Rounds; round++)
        {
            ulong segment = _calls.Make(Page, out _);
            ulong box = _calls.Make(Page, out ulong isMapped);
            ulong child = CopyChecks.Fork(bench);
            if (child == 0)
                Receive(segment, isMapped);
            _calls.BeginShare(child, segment, SharingMode.Read | SharingMode.Write);
            bench.Accepts("SHARE_AMS: with a copy of many regions");
            while (Volatile.Read(ref At(isMapped)) == 0)
                Process.HandOver();
            _calls.BeginUnshare(segment, child);
            bench.Accepts("UNSHARE_AMS: with who is copied perhaps");
            CopyChecks.EndsWith(bench, "a copy loses what its maker lost", child, 0);
            _calls.GiveUp(segment);
            _calls.GiveUp(box);
        }
    }

    private void Receive(ulong segment, ulong isMapped)
    {
        ulong mapped = Segment.Open(new(segment), 5000).Map().Start.Value;
        At(isMapped) = 1;
        ulong copy = CopyChecks.Fork(bench);
        if (copy == 0)
        {
            while (true)
                Volatile.Write(ref At(mapped), 1);
        }
        CopyChecks.Answer(Process.Wait(new ProcessId(copy)).IsLike(
            new ProcessEnd(EndReason.Faulted, 0, FaultKind.Write)));
    }

    // Copies itself until it is ended.
    private void TryEnding()
    {
        int before = Process.List().Length;
        for (uint round = 1; round <= Rounds; round++)
        {
            ulong child = CopyChecks.Fork(bench);
            while (child == 0)
            {
                ulong copy = CopyChecks.Fork(bench);
                if (copy == 0)
                    Process.Exit(0);
                Process.Wait(new ProcessId(copy));
            }
            Clock.Sleep(round);
            _calls.CountsAll("while many regions are copied perhaps");
            bench.Checks.That("who is copied perhaps is ended",
                Process.Kill(new ProcessId(child)).Reason == EndReason.Killed);
        }
        // A copy that was born is alone, and ends by that.
        while (Process.List().Length != before)
            Clock.Sleep(1);
    }

    // Safe: the address is one of those above.
    private static ref ulong At(ulong address) => ref *(ulong*)address;
}
