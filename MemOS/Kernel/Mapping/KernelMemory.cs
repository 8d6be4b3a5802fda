using System;
using Cosmos.Core.Boot;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Hardware;
using MemOS.Boot;
using MemOS.Hardware;
using MemOS.Memory;
using MemOS.Memory.Addresses;
using MemOS.Memory.Aslr;
using MemOS.Memory.Frames;
using MemOS.Memory.Paging;

namespace MemOS.Mapping;

/// <summary>
/// Brings the kernel's own memory up: records of all frames, the kernel half's page tables, the
/// direct map, the image. Afterwards nothing of the boot loader's tables is in use.
/// </summary>
internal sealed unsafe class KernelMemory
{
    // The boot stub's identity map ends here; until the direct map is there, so do we.
    private const ulong IdentityEnd = 1UL << (32 - 12);

    private readonly RamMap _ram = RamMap.Read();
    private readonly PhysicalRange _information = BootInfo.InformationRange;
    private readonly FrameRange _records;
    private readonly ulong _framesBesideTables;

    private KernelMemory()
    {
        Random = KernelRandom.Create();
        _records = PlaceRecords();
        Frames = new FrameAllocator<MachineMemory>(default);
        AddLowMemory();
        PagingFeatures features = CpuFeatures.Has(CpuFeature.Pku)
            ? PagingFeatures.ProtectionKeys
            : PagingFeatures.None;
        if (!PageTable<MachineMemory>.TryCreateKernel(
            Frames, CpuFeatures.Width, features, out PageTable<MachineMemory>? table))
            BootFailure.Stop("There is not enough memory for the kernel's page tables.");
        Table = table!;
        DirectMap = PlaceDirectMap();
        MapRam();
        MapImage();
        Activate();
        AddHighMemory();
        _framesBesideTables = Frames.TotalFrames - Frames.FreeFrames - Table.Tables;
    }

    /// <summary>All RAM.</summary>
    internal FrameAllocator<MachineMemory> Frames { get; }

    /// <summary>The kernel half.</summary>
    internal PageTable<MachineMemory> Table { get; }

    /// <summary>Where placement comes from.</summary>
    internal RandomSource Random { get; }

    /// <summary>Where all RAM is mapped.</summary>
    internal PageRange DirectMap { get; }

    /// <summary>What the boot loader told, through the direct map.</summary>
    internal BootInformation BootInformation => new(PhysicalMap.PointerTo(_information));

    /// <summary>Frames of image, records, page tables, and what the loader brought.</summary>
    internal ulong OwnFrames => _framesBesideTables + Table.Tables;

    /// <summary>Does all of it.</summary>
    internal static KernelMemory Start() => new();

    private static FrameRange Text => RamMap.Outer(KernelImage.Text.Range);

    private static FrameRange Constants => RamMap.Outer(KernelImage.Constants.Range);

    private static FrameRange Types => RamMap.Outer(KernelImage.Types.Range);

    private static ImagePart BeforeTypes =>
        KernelImage.Data.Between(KernelImage.Data.Start, KernelImage.Types.Start);

    private static ImagePart AfterTypes =>
        KernelImage.Data.Between(KernelImage.Types.End, KernelImage.Data.End);

    private FrameRange PlaceRecords()
    {
        ulong frames = _ram.EndNumber;
        ulong groups = (frames + PageSizes.SmallInLarge - 1) / PageSizes.SmallInLarge;
        // Whole groups: asking for the record of a group's last frame is legal in any group.
        frames = groups * PageSizes.SmallInLarge;
        ulong frameBytes = frames * (ulong)sizeof(FrameInfo);
        ulong markBytes = frames * (ulong)sizeof(FrameMark);
        ulong bytes = frameBytes + markBytes + (groups * (ulong)sizeof(GroupInfo));
        FrameRange place =
            _ram.Carve(PageCount.ForBytes(bytes).Value, Frame.Of(IdentityEnd));
        MachineCode.ZeroPages(
            (byte*)place.First.Start.Value, place.Count * PageSizes.SmallBytes);
        PhysicalAddress start = place.First.Start;
        PhysicalMap.StartOnIdentityMap(
            start, start + frameBytes, start + (frameBytes + markBytes));
        return place;
    }

    private void AddLowMemory()
    {
        foreach (FrameRange range in _ram.Free)
            AddFree(range, 0, IdentityEnd);
    }

    private void AddHighMemory()
    {
        foreach (FrameRange range in _ram.Free)
            AddFree(range, IdentityEnd, ulong.MaxValue);
        AddUsed();
    }

    private void AddFree(FrameRange range, ulong from, ulong to)
    {
        ulong first = Math.Max(range.First.Number, from);
        ulong end = Math.Min(range.EndNumber, to);
        if (end > first)
            Frames.AddFree(FrameRange.Of(Frame.Of(first), end - first));
    }

    private void AddUsed()
    {
        Frames.AddUsed(_records, FrameState.Kernel);
        foreach (FrameRange range in _ram.Kept)
            Frames.AddUsed(range, FrameState.ReadOnly);
    }

    private PageRange PlaceDirectMap()
    {
        ulong pages = (_ram.EndNumber + PageSizes.SmallInLarge - 1)
            & ~(ulong)(PageSizes.SmallInLarge - 1);
        return KernelLayout.Place(
            Random, KernelLayout.DirectMap, PageCount.Of(pages), PageSize.Large);
    }

    // What is constant is read-only here too; what no one knows of is not mapped at all.
    private void MapRam()
    {
        foreach (FrameRange range in _ram.Free)
            MapDirect(range, PageRights.ReadWrite);
        MapDirect(_records, PageRights.ReadWrite);
        MapDirect(Text, PageRights.Read);
        MapDirect(Constants, PageRights.Read);
        MapDirect(Types, PageRights.Read);
        MapDirect(RamMap.Outer(BeforeTypes.Range), PageRights.ReadWrite);
        MapDirect(RamMap.Outer(AfterTypes.Range), PageRights.ReadWrite);
        foreach (FrameRange range in _ram.Kept)
            MapDirect(range, PageRights.Read);
    }

    private void MapDirect(FrameRange range, PageRights rights)
    {
        if (range.Count == 0)
            return;
        PageRange pages = PageRange.Of(
            DirectMap.First + range.First.Number, PageCount.Of(range.Count));
        MapStatus status =
            Table.TryMapUncounted(pages, range.First, rights, CacheKind.WriteBack);
        Require(status);
    }

    private void MapImage()
    {
        Frames.AddUsed(Text, FrameState.Executable);
        Frames.AddUsed(Constants, FrameState.ReadOnly);
        Frames.AddUsed(Types, FrameState.ReadOnly);
        Frames.AddUsed(RamMap.Outer(BeforeTypes.Range), FrameState.Kernel);
        Frames.AddUsed(RamMap.Outer(AfterTypes.Range), FrameState.Kernel);
        MapPart(KernelImage.Text, PageRights.ReadExecute);
        MapPart(KernelImage.Constants, PageRights.Read);
        MapPart(KernelImage.Types, PageRights.Read);
        MapPart(BeforeTypes, PageRights.ReadWrite);
        MapPart(AfterTypes, PageRights.ReadWrite);
        // The page below the stack stays a hole.
        Page guard = VirtualAddress.Create((ulong)KernelImage.StackBottom() - 1).Page;
        Table.Unmap(PageRange.One(guard));
    }

    private void MapPart(in ImagePart part, PageRights rights)
    {
        FrameRange frames = RamMap.Outer(part.Range);
        Page first = VirtualAddress.Create((ulong)part.Start).Page;
        for (ulong i = 0; i < frames.Count; i++)
            Require(Table.TryMap(first + i, PageSize.Small, frames.First + i, rights));
    }

    private void Activate()
    {
        PhysicalMap.MoveTo(DirectMap.First.Start, Table);
        PhysicalMap.ActiveRoot = Table.Root;
        Instruction.WriteCr3(Table.Root.Start.Value);
        default(MachineMemory).FlushAll();
    }

    private static void Require(MapStatus status)
    {
        if (status != MapStatus.Mapped)
            BootFailure.Stop($"The kernel's own memory could not be mapped: {status}.");
    }
}
