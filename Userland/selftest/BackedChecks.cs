using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// BACKED_AMS, and such segments in other calls; who serves them and how is for the program
/// <c>backtest</c>.
/// </summary>
internal sealed class BackedChecks(Workbench bench)
{
    private const ulong Page = Memory.PageBytes;
    private const ulong Gigabyte = 1 << 30;

    // Room for a record of any list; a program's name may be so long.
    private const ulong BufferBytes = 248;

    // Segments that a process can have.
    private const int Most = 4096;

    private static readonly BackingMode[] _modes =
        [BackingMode.Pages, BackingMode.CopyOnWrite, BackingMode.Accesses];

    private readonly SegmentCalls _calls = new(bench);

    internal void Run()
    {
        TryBadArguments();
        foreach (BackingMode mode in _modes)
            TryMaking(mode);
        TryRights();
        TryBuffers();
        TryMost();
    }

    private void TryBadArguments()
    {
        for (int mode = _modes.Length; mode <= byte.MaxValue; mode++)
            Refuses(Page, (byte)mode, ErrorCode.BadService);
        foreach (BackingMode mode in _modes)
        {
            for (ulong bit = 1; bit < Page; bit <<= 1)
                Refuses(Page + bit, (byte)mode, ErrorCode.BadLength);
            Refuses(0, (byte)mode, ErrorCode.BadLength);
            Refuses(1ul << 57, (byte)mode, ErrorCode.BadLength);
            Refuses(ulong.MaxValue - Page + 1, (byte)mode, ErrorCode.BadLength);
        }
    }

    private void TryMaking(BackingMode mode)
    {
        ulong segment = Make(Gigabyte, mode);
        bench.Begin(SyscallCode.AmsSharingInfo).Put(segment);
        bench.Accepts("AMS_SHARING_INFO: of a backed segment");
        bench.Checks.Equal("AMS_SHARING_INFO: its size", Gigabyte, bench.Caller.Value4);
        _calls.BeginShare(Process.Id.Value, segment, SharingMode.Exclusive | SharingMode.Unmap);
        bench.Refuses("SHARE_AMS: a backed segment for good", ErrorCode.NotExclusive);
        _calls.RefusesMap(segment, Gigabyte, 0, Page, 0, ErrorCode.BeyondSegment);
        ulong start = _calls.Map(segment, Page, Gigabyte - Page, MappingRights.Read);
        Region? region = Process.FindRegion(Process.Id, new(start));
        bench.Checks.That("MAP_AMS: most of a backed segment",
            region is { Bytes: Gigabyte - Page, Rights: MemoryRights.Read });
        _calls.Unmap(segment, start);
        _calls.GiveUp(segment);
    }

    private void TryRights()
    {
        ulong pages = Make(4 * Page, BackingMode.Pages);
        ulong start = _calls.Map(pages, 0, 0, MappingRights.ReadWrite);
        _calls.RefusesMap(pages, 0, 0, Page, (byte)MappingRights.Execute, ErrorCode.NotPermitted);
        _calls.Unmap(pages, start);
        _calls.Map(pages, 0, 0, MappingRights.Execute);
        _calls.RefusesMap(pages, 0, 0, Page, (byte)MappingRights.Write, ErrorCode.NotPermitted);
        _calls.GiveUp(pages);

        ulong accesses = Make(4 * Page, BackingMode.Accesses);
        _calls.RefusesMap(
            accesses, 0, 0, Page, (byte)MappingRights.Execute, ErrorCode.NotPermitted);
        _calls.RefusesMap(
            accesses, 0, 0, Page, (byte)(MappingRights.ReadWrite | MappingRights.CopyOnWrite),
            ErrorCode.NotPermitted);
        _calls.GiveUp(accesses);

        // Whoever may write gets copies, so that a mapping to be read and run can stand beside.
        ulong copies = Make(4 * Page, BackingMode.CopyOnWrite);
        ulong own = _calls.Map(copies, 0, 0, MappingRights.All);
        bench.Checks.That("MAP_AMS: what copies on write is mapped to be written",
            Process.FindRegion(Process.Id, new(own)) is { Rights: MemoryRights.ReadWrite });
        _calls.Unmap(copies, own);
        _calls.Map(copies, 0, 0, MappingRights.Execute);
        _calls.GiveUp(copies);
    }

    // This process is ready, and handles nothing.
    private void TryBuffers()
    {
        foreach (BackingMode mode in _modes)
        {
            ErrorCode error = mode == BackingMode.Accesses
                ? ErrorCode.NotPermitted
                : ErrorCode.BadPointer;
            ulong segment = Make(4 * Page, mode);
            ulong start = _calls.Map(segment, 0, 0, MappingRights.ReadWrite);
            bench.Begin(SyscallCode.GetPid);
            bench.RefusesFrom($"a block where nobody serves {mode}", error, start);
            foreach (BufferCall call in BufferCall.All)
            {
                call.Begin(bench.Caller, start + Page - 8, BufferBytes);
                bench.Refuses($"{call.Name}: a buffer where nobody serves {mode}", error);
            }
            bench.Begin(SyscallCode.WaitWord).Put(start).Put(0).Put(0, sizeof(uint));
            bench.Refuses($"WAIT_WORD: where nobody serves {mode}", error);
            bench.Begin(SyscallCode.WakeWord).Put(start).Put(1, sizeof(uint));
            bench.Refuses($"WAKE_WORD: where nobody serves {mode}", error);
            _calls.GiveUp(segment);
        }
    }

    private void TryMost()
    {
        ulong[] segments = new ulong[Most];
        int made = 0;
        while (made < Most && TryMake(out segments[made]))
            made++;
        bench.Checks.Equal("BACKED_AMS: thousands", Most, (ulong)made);
        Refuses(Page, 0, ErrorCode.NoMemory);
        bool areGone = true;
        for (int i = 0; i < made; i++)
        {
            _calls.BeginUnshare(segments[i], Process.Id.Value);
            areGone &= bench.Caller.Send() == ErrorCode.None;
        }
        bench.Checks.That("UNSHARE_AMS: thousands", areGone);
        _calls.GiveUp(Make(Page, BackingMode.Pages));
    }

    private bool TryMake(out ulong segment)
    {
        Begin(Page, (byte)BackingMode.Pages);
        ErrorCode error = bench.Caller.Send();
        segment = bench.Caller.Value0;
        return error == ErrorCode.None;
    }

    private ulong Make(ulong bytes, BackingMode mode)
    {
        Begin(bytes, (byte)mode);
        bench.Accepts($"BACKED_AMS: {mode}");
        bench.Checks.That("BACKED_AMS: a number", bench.Caller.Value0 != 0);
        return bench.Caller.Value0;
    }

    private void Refuses(ulong bytes, byte mode, ErrorCode error)
    {
        Begin(bytes, mode);
        bench.Refuses($"BACKED_AMS: {bytes:X} bytes, mode {mode}", error);
    }

    private void Begin(ulong bytes, byte mode) =>
        bench.Begin(SyscallCode.BackedAms).Put(bytes).Put(mode, sizeof(byte));
}
