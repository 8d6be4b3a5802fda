using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Syscalls;

namespace MemOS.Longest;

/// <summary>Segments that many have, or map at many places, and many segments.</summary>
internal static class ShareAttacks
{
    /// <summary>Has a fresh copy of the program give up what many have.</summary>
    internal const string GivesUpArgument = "gives-up";

    /// <summary>Has it take one of many shares back.</summary>
    internal const string TakesBackArgument = "takes-back";

    private const uint Page = Memory.PageBytes;
    private const int Mappings = 40_000;

    // As far as there is memory for so many.
    private const ulong Receivers = 1000;
    private const ulong BytesOfReceiver = 8 << 20;
    private const int Hoarders = 6;
    private const int Hoard = 4000;
    private const uint UntilShared = 10;
    private const uint UntilAllHave = 1000;

    internal static readonly Attack[] All =
    [
        new("ask about a segment that others map 40,000 times", AskAmongOthers),
        new("give up a segment that a thousand have", static () => RunAfresh(GivesUpArgument)),
        new("take one of a thousand shares back", static () => RunAfresh(TakesBackArgument)),
        new("count the memory of 24,000 segments", CountHoards),
    ];

    /// <summary>Does what a fresh copy of the program is started for.</summary>
    internal static void Run(string argument)
    {
        ulong most = Machine.Memory.Total / BytesOfReceiver;
        ProcessId[] receivers = new ProcessId[Math.Min(Receivers, most)];
        Segment segment = ShareWithMany(receivers);
        if (argument == TakesBackArgument)
            segment.TryUnshare(receivers[^1]);
        segment.Dispose();
        foreach (ProcessId receiver in receivers)
            Process.Kill(receiver);
    }

    // Copies of it need little memory.
    private static void RunAfresh(string argument) =>
        Process.Wait(Process.Spawn("longest", [argument]));

    // The mappings lie side by side, so that they share page tables.
    private static void AskAmongOthers()
    {
        Segment segment = Segment.Capture(Memory.Allocate(Page));
        ProcessId other = Children.Copy(() =>
        {
            Pages place = Memory.Allocate(Mappings * Page);
            ulong start = place.Start.Value;
            place.Dispose();
            Clock.Sleep(UntilShared);
            for (uint i = 0; i < Mappings; i++)
                Syscall.Invoke(new MapCall(segment.Id, start + (i * Page)));
        });
        segment.Share(other, SharingMode.Read);
        Clock.Sleep(UntilAllHave);
        _ = segment.Info;
        segment.UnmapAll();
        Process.Kill(other);
        segment.Dispose();
    }

    private static Segment ShareWithMany(ProcessId[] receivers)
    {
        Segment segment = Segment.Capture(Memory.Allocate(Page));
        for (int i = 0; i < receivers.Length; i++)
        {
            receivers[i] = Children.Copy(static () => { });
            segment.TryShare(receivers[i], SharingMode.Read, 0, ShareNotice.None);
        }
        return segment;
    }

    private static void CountHoards() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Hoarders; i++)
        {
            Children.Copy(static () =>
            {
                for (int j = 0; j < Hoard; j++)
                    Segment.Capture(Memory.Allocate(Page)).UnmapAll();
            });
        }
        Clock.Sleep(UntilAllHave);
        _ = Machine.Memory;
    }));

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private readonly struct MapCall(SegmentId segment, ulong start)
    {
        private readonly SyscallCode _code = SyscallCode.MapAms;
        private readonly ulong _segment = segment.Value;
        private readonly ulong _offset = 0;
        private readonly ulong _start = start;
        private readonly ulong _bytes = Page;
        private readonly MappingRights _rights = MappingRights.Read;
    }
}
