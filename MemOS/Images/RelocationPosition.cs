namespace MemOS.Images;

/// <summary>
/// How far a walk over the relocations of an image has come; by default, at the start.
/// </summary>
public readonly record struct RelocationPosition
{
    internal RelocationPosition(int rela, int plt, int relr, PackedPosition packed)
    {
        Rela = rela;
        Plt = plt;
        Relr = relr;
        Packed = packed;
    }

    /// <summary>Bytes of each table that were read.</summary>
    internal int Rela { get; }

    internal int Plt { get; }

    internal int Relr { get; }

    internal PackedPosition Packed { get; }
}
