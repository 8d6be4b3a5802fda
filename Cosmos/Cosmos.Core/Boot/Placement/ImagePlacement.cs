using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Devices;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// Makes the kernel that runs of the image that the boot loader brought: in a random order, at a
/// random physical place, seen at random addresses.
/// </summary>
/// <remarks>
/// This runs in the loader's copy, in the identity map, before anything is relocated. So nothing
/// here may use a static field, allocate, throw, or call through an address that is kept in
/// memory; what is compiled refers to all else by its distance, which is the same everywhere. The
/// copy is given up afterwards.
/// </remarks>
internal static unsafe class ImagePlacement
{
    private const ulong PageBytes = 4096;

    // Slots 480-495 of the upper half: 2^43 bytes. The parts are so near to one another that a
    // distance fits in 32 bits, with its sign.
    private const ulong WindowStart = 0xFFFF_F000_0000_0000;
    private const ulong WindowBytes = 1UL << 43;
    private const ulong SpanBytes = 1UL << 31;

    // What the stub uses behind the loaded image: Header.asm.
    private const ulong StubBytes = 0x20000;

    /// <summary>How many places there are for the span that all parts lie in.</summary>
    internal static ulong Windows => (WindowBytes - SpanBytes) / PageBytes;

    /// <summary>How the placed image is entered; the stub knows the form.</summary>
    internal struct Entrance
    {
        internal ulong Root;
        internal byte* Address;
    }

    /// <summary>How many places in the span there are for a part.</summary>
    internal static ulong PlacesFor(ulong bytes) => ((SpanBytes - bytes) / PageBytes) + 1;

    /// <summary>For the boot stub, which then loads the tables and enters the image.</summary>
    /// <param name="information">Physical address of the multiboot2 boot information.</param>
    /// <param name="image">Physical address of the image.</param>
    /// <param name="tableStart">The placement table.</param>
    /// <param name="entrance">Written; all zero if there is no memory for it.</param>
    [RuntimeExport("CosmosPlaceImage")]
    private static void Place(
        byte* information, byte* image, byte* tableStart, Entrance* entrance)
    {
        ulong start = Instruction.ReadTimestamp();
        ulong* key = stackalloc ulong[4];
        ImageLayout layout = default;
        layout.Seed = SeedCollector.Collect(key);
        BootRandom kernelRandom = new(key);
        BootRandom random = LayoutRandom(information, ref kernelRandom, ref layout);

        PlacementTable table = new(tableStart);
        Measure(table, out PartMove text, out PartMove constants, out PartMove data);
        ulong places = PagesFor(table.PieceCount * sizeof(PiecePlace));
        constants.Bytes = PagesFor((long)constants.SourceBytes) + places;
        ulong work = PieceOrder.WorkBytes(table, text.SourceBytes);
        byte* target = ChoosePhysical(information, image,
            text.Bytes + constants.Bytes + data.Bytes + work, ref random, ref layout);
        if (target == null)
        {
            *entrance = default;
            return;
        }
        text.Target = target;
        constants.Target = text.Target + text.Bytes;
        data.Target = constants.Target + constants.Bytes;
        byte* workStart = data.Target + data.Bytes;
        ChooseVirtual(ref text, ref constants, ref data, ref random);

        PieceOrder order = new(table, text.SourceBytes, workStart, ref random);
        Relocator relocator = new(order, text, constants, data);
        byte* placesStart = constants.Target + constants.Bytes - places;
        relocator.Copy();
        order.Describe((PiecePlace*)placesStart, (uint)(text.Source - image));
        relocator.Fix(table, image);
        relocator.SortUnwindIndex(LoadedImage.UnwindIndex());

        layout.Text = text.Placed;
        layout.Constants = constants.Placed;
        layout.Data = data.Placed;
        layout.Pieces = (PiecePlace*)(constants.Virtual + constants.Bytes - places);
        layout.PieceCount = table.PieceCount;
        ulong* seed = (ulong*)data.TargetOf(LoadedImage.Seed());
        for (int i = 0; i < 4; i++)
            seed[i] = kernelRandom.NextLong();

        entrance->Root = MakeTables(image, text, constants, data);
        entrance->Address = relocator.Moved(LoadedImage.Arrival());
        // The order is no one else's business; these frames are free from now on.
        Unsafe.InitBlockUnaligned(workStart, 0, (uint)work);
        layout.Ticks = Instruction.ReadTimestamp() - start;
        *(ImageLayout*)constants.TargetOf(LoadedImage.Layout()) = layout;
    }

    // The seed of the layout may be asked for; that of everything else never.
    private static BootRandom LayoutRandom(
        byte* information, ref BootRandom kernelRandom, ref ImageLayout layout)
    {
        ulong* key = stackalloc ulong[4];
        ReadOnlySpan<byte> wanted = SeedWord(new BootInformation(information).CommandLine);
        layout.Order = wanted.IsEmpty ? layout.Seed : SeedSource.CommandLine;
        if (!wanted.IsEmpty)
        {
            SeedCollector.Repeat(wanted, key);
            return new BootRandom(key);
        }
        for (int i = 0; i < 4; i++)
            key[i] = kernelRandom.NextLong();
        return new BootRandom(key);
    }

    // What stands behind "seed=" at the start of a word.
    private static ReadOnlySpan<byte> SeedWord(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> name = "seed="u8;
        for (int start = 0; start + name.Length < line.Length; start++)
        {
            if ((start > 0 && line[start - 1] != ' ')
                || !line[start..].StartsWith(name))
                continue;
            ReadOnlySpan<byte> value = line[(start + name.Length)..];
            int end = value.IndexOf((byte)' ');
            return end < 0 ? value : value[..end];
        }
        return default;
    }

    private static void Measure(
        in PlacementTable table, out PartMove text, out PartMove constants, out PartMove data)
    {
        byte* textStart = LoadedImage.Text();
        byte* constantStart = LoadedImage.Constants();
        byte* dataStart = LoadedImage.Data();
        ulong textBytes = (ulong)(constantStart - textStart);
        text = new PartMove
        {
            Source = textStart,
            SourceBytes = textBytes,
            Bytes = PagesFor((long)PieceOrder.Room(table, textBytes)),
        };
        constants = new PartMove
        {
            Source = constantStart,
            SourceBytes = (ulong)(dataStart - constantStart),
        };
        data = new PartMove
        {
            Source = dataStart,
            SourceBytes = (ulong)(LoadedImage.Bss() - dataStart),
            Bytes = (ulong)(LoadedImage.End() - dataStart),
        };
    }

    private static byte* ChoosePhysical(
        byte* information, byte* image, ulong bytes, ref BootRandom random,
        ref ImageLayout layout)
    {
        // Without what is zero: there, the loader keeps no more than the stub's tables and stack.
        ulong loaded = (ulong)(LoadedImage.Bss() - image) + StubBytes;
        FreeMemory memory = new(information, new PhysicalRange((ulong)image, loaded));
        layout.PhysicalPlaces = memory.CountPlaces(bytes);
        if (layout.PhysicalPlaces == 0)
            return null;
        return (byte*)memory.FindPlace(bytes, random.Below(layout.PhysicalPlaces));
    }

    private static void ChooseVirtual(
        ref PartMove text, ref PartMove constants, ref PartMove data, ref BootRandom random)
    {
        byte* window = (byte*)WindowStart
            + (random.Below(Windows) * PageBytes);
        text.Virtual = window + PageIn(text.Bytes, ref random);
        do
            constants.Virtual = window + PageIn(constants.Bytes, ref random);
        while (AreNear(text, constants));
        do
            data.Virtual = window + PageIn(data.Bytes, ref random);
        while (AreNear(text, data) || AreNear(constants, data));
    }

    private static ulong PageIn(ulong bytes, ref BootRandom random) =>
        random.Below(PlacesFor(bytes)) * PageBytes;

    // A page at least stays unmapped between two parts.
    private static bool AreNear(in PartMove one, in PartMove other) =>
        one.Virtual <= other.Virtual + other.Bytes && other.Virtual <= one.Virtual + one.Bytes;

    private static ulong MakeTables(
        byte* image, in PartMove text, in PartMove constants, in PartMove data)
    {
        BootTables tables = new((ulong*)data.TargetOf(LoadedImage.Tables()));
        tables.MapLowMemory(image);
        tables.Map(text, BootTables.Execute);
        tables.Map(constants, BootTables.Read);
        tables.Map(data, BootTables.ReadWrite);
        tables.Unmap(LoadedImage.StackGuard() + data.Slide);
        return tables.Top();
    }

    private static ulong PagesFor(long bytes) =>
        ((ulong)bytes + PageBytes - 1) & ~(PageBytes - 1);
}
