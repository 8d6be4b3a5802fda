namespace Cosmos.Runtime.Heap;

/// <summary>
/// A stretch of pages with blocks of one size: many for small objects, one for a large object.
/// </summary>
internal unsafe struct Region
{
    /// <summary>No size class: the region holds one large object.</summary>
    internal const int Large = -1;

    /// <summary>First address.</summary>
    internal byte* Start;

    /// <summary>Bytes, a multiple of 4096.</summary>
    internal nuint Bytes;

    /// <summary>Size class of the blocks, or <see cref="Large"/>.</summary>
    internal int SizeClass;

    /// <summary>The round in which it was last swept (<see cref="RegionQueue"/>).</summary>
    internal uint Round;

    /// <summary>Next region in the same list, or null.</summary>
    internal Region* Next;

    /// <summary>The region before it in the same list, or null.</summary>
    internal Region* Previous;

    internal readonly byte* End => Start + Bytes;

    internal readonly nuint BlockSize =>
        SizeClass == Large ? Bytes : SizeClasses.SizeOf(SizeClass);

    /// <summary>
    /// The block that holds an address of the region; behind the last there may be a rest, whose
    /// block would end behind the region.
    /// </summary>
    internal readonly ObjectHeader* BlockAt(byte* address) => SizeClass == Large
        ? (ObjectHeader*)Start
        : (ObjectHeader*)(Start + ((nuint)(address - Start) / BlockSize * BlockSize));
}

/// <summary>A block that nobody uses. Its type is null, which tells it from an object.</summary>
internal unsafe struct FreeBlock
{
    internal ulong Header;
    internal MethodTable* NoType;
    internal FreeBlock* Next;
}
