using System.Runtime.InteropServices;

namespace Cosmos.Core.Boot;

/// <summary>What the first seed of the machine's randomness was made of.</summary>
public enum SeedSource
{
    /// <summary>Clocks alone: who knows the machine well may guess it.</summary>
    Clocks = 0,

    /// <summary>RDSEED or RDRAND, with the clocks stirred in.</summary>
    Processor = 1,

    /// <summary>The word <c>seed=</c> of the command line: the same at every boot.</summary>
    CommandLine = 2,
}

/// <summary>
/// How the image was placed at this boot: the boot code writes it into a gap among the constants.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ImageLayout
{
    internal ImagePart Text;
    internal ImagePart Constants;
    internal ImagePart Data;

    /// <summary>The pieces of the text by rising offset.</summary>
    internal PiecePlace* Pieces;
    internal int PieceCount;

    internal SeedSource Order;
    internal SeedSource Seed;

    /// <summary>How many physical places there were to choose from.</summary>
    internal ulong PhysicalPlaces;

    /// <summary>What all of it took, in ticks of the time stamp counter.</summary>
    internal ulong Ticks;
}
