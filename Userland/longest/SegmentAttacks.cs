using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Longest;

/// <summary>Long segments, and many.</summary>
internal static unsafe class SegmentAttacks
{
    private const uint Page = Memory.PageBytes;
    private const int Mappings = 1000;
    private const int Segments = 2000;
    private const nuint Long = 32 << 20;

    internal static readonly Attack[] All =
    [
        new("capture, map, seal and give up small pages", Seal),
        new("give up a segment that is mapped a thousand times", MapOften),
        new("hand over a segment that is mapped thousands of times", HandOverMapped),
        new("hand over a long segment", HandOverLong),
        new("give up a segment whose pages lie far apart", GiveUpSparse),
        new("unmap all of a segment that others map", UnmapAmongOthers),
        new("end with two thousand segments", EndWithMany),
        new("take a share back from many", Unshare),
    ];

    private static void Seal()
    {
        using Segment segment = Segment.Capture(MemoryAttacks.AllocateSmall(Long));
        segment.Original!.Dispose();
        using (segment.Map(MappingRights.Read))
        {
            // Only mapped.
        }
        using Mapping code = segment.Map(MappingRights.Read | MappingRights.Execute);
        _ = code[0];
    }

    private static void MapOften()
    {
        Segment segment = Segment.Capture(Memory.Allocate(Page));
        for (int i = 0; i < Mappings; i++)
            segment.Map()[0] = 1;
        segment.Dispose();
    }

    private static void HandOverMapped()
    {
        ProcessId receiver = Children.Copy(static () => { });
        Segment segment = Segment.Capture(Memory.Allocate(Page));
        for (int i = 0; i < 5 * Mappings; i++)
            segment.Map()[0] = 1;
        segment.HandOver(receiver);
        Process.Kill(receiver);
    }

    private static void HandOverLong()
    {
        ProcessId receiver = Children.Copy(static () => { });
        Segment.Capture(MemoryAttacks.AllocateSmall(Long)).HandOver(receiver);
        Process.Kill(receiver);
    }

    private static void GiveUpSparse()
    {
        const int Count = 500;
        const nuint Apart = MemoryAttacks.LargePage;
        using BackedSegment backed = new(Count * Apart, static (_, _) => BackerAnswer.Done);
        using Mapping mapping = backed.Segment.Map(MappingRights.Read);
        for (nuint i = 0; i < Count; i++)
            _ = mapping[i * Apart];
    }

    private static void UnmapAmongOthers()
    {
        Segment segment = Segment.Capture(Memory.Allocate(Page));
        for (int i = 0; i < Mappings; i++)
            segment.Map()[0] = 1;
        ProcessId child = Children.Copy(static () => { });
        segment.Dispose();
        Process.Kill(child);
    }

    private static void EndWithMany() => Process.Wait(Children.Run(static () =>
    {
        for (int i = 0; i < Segments; i++)
            Segment.Capture(Memory.Allocate(Page));
    }));

    private static void Unshare()
    {
        Segment segment = Segment.Capture(MemoryAttacks.AllocateSmall(Long));
        ProcessId[] children = new ProcessId[16];
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = Children.Copy(static () => { });
            segment.TryShare(children[i], SharingMode.Read, 0, ShareNotice.None);
        }
        segment.TryUnshare(default);
        segment.Dispose();
        foreach (ProcessId child in children)
            Process.Kill(child);
    }
}
