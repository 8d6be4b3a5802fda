using System.Runtime;
using System.Runtime.CompilerServices;
using Cosmos.Core.Boot.Multiboot2;
using Cosmos.Core.Boot.Placement;

namespace Cosmos.Core.Boot;

/// <summary>Where the boot code put the parts of the kernel.</summary>
/// <remarks>
/// The three parts have no fixed distance to one another in virtual addresses; in physical memory
/// they lie side by side.
/// </remarks>
public static unsafe class KernelImage
{
    /// <summary>The code.</summary>
    public static ImagePart Text => Layout()->Text;

    /// <summary>What is never written.</summary>
    public static ImagePart Constants => Layout()->Constants;

    /// <summary>What is written; the boot stack, with an unmapped page below, is in it.</summary>
    public static ImagePart Data => Layout()->Data;

    /// <summary>
    /// The pages of the data that nothing writes once the runtime has started: types with their
    /// tables of methods, and generic dictionaries.
    /// </summary>
    public static ImagePart Types
    {
        get
        {
            const ulong PageBytes = 4096;
            ulong start = ((ulong)TypesStart() + PageBytes - 1) & ~(PageBytes - 1);
            return Data.Between((byte*)start, TypesEnd());
        }
    }

    /// <summary>All of it, in physical memory.</summary>
    public static PhysicalRange Range
    {
        get
        {
            ulong start = Text.Range.Start;
            return new PhysicalRange(start, Data.Range.End - start);
        }
    }

    /// <summary>What the order of the code and the places of the parts came from.</summary>
    public static SeedSource OrderSource => Layout()->Order;

    /// <summary>What the kernel's first seed came from.</summary>
    public static SeedSource SeedSource => Layout()->Seed;

    /// <summary>How many pieces the code has, each of which may stand anywhere in it.</summary>
    public static int PieceCount => Layout()->PieceCount;

    /// <summary>
    /// Among how many virtual places that of the parts was drawn: each has at least these.
    /// </summary>
    public static ulong VirtualPlaces => ImagePlacement.Windows;

    /// <summary>Among how many places each part was drawn then, by itself.</summary>
    public static ulong PlacesOfPart => ImagePlacement.PlacesFor(Data.Bytes);

    /// <summary>Among how many physical places that of the image was drawn.</summary>
    public static ulong PhysicalPlaces => Layout()->PhysicalPlaces;

    /// <summary>What placing took, in ticks of the time stamp counter.</summary>
    public static ulong PlacementTicks => Layout()->Ticks;

    /// <summary>Where each piece of the code is.</summary>
    // Safe: the boot code wrote as many places there, among the constants.
    public static CodeMap Code
    {
        get
        {
            ImageLayout* layout = Layout();
            return new CodeMap((ulong)layout->Text.Start, layout->Text.Bytes,
                new(layout->Pieces, layout->PieceCount));
        }
    }

    /// <summary>Takes the four words of randomness that the boot code left; leaves none.</summary>
    /// <param name="words">Four words, which are changed.</param>
    public static void TakeSeed(ulong* words)
    {
        ulong* seed = Seed();
        for (int i = 0; i < 4; i++)
        {
            words[i] ^= seed[i];
            seed[i] = 0;
        }
    }

    /// <summary>Lowest address of the boot stack; the page below it is unmapped.</summary>
    [RuntimeImport("*", "CosmosStackBottomAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* StackBottom();

    /// <summary>Where the boot stack starts, growing down.</summary>
    [RuntimeImport("*", "CosmosStackTopAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern byte* StackTop();

    [RuntimeImport("*", "CosmosEarlyPagesAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* EarlyPages();

    [RuntimeImport("*", "CosmosEarlyPagesEndAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern byte* EarlyPagesEnd();

    [RuntimeImport("*", "CosmosTypesStart")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* TypesStart();

    [RuntimeImport("*", "CosmosTypesEnd")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern byte* TypesEnd();

    [RuntimeImport("*", "CosmosImageLayoutAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ImageLayout* Layout();

    [RuntimeImport("*", "CosmosBootSeedAddress")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern ulong* Seed();
}
