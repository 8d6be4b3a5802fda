namespace MemOS.Mapping;

/// <summary>
/// What a system call takes of the kernel's heap at most, declared in the table of calls and seen
/// to before the call starts: within the call, making objects cannot fail.
/// </summary>
internal readonly struct HeapNeed
{
    // The heap cuts pieces of 64 KB into blocks of one size. A piece lies at a random place, so at
    // worst it has two page tables of its own at each of three levels.
    private const uint FramesPerPiece = 16 + (2 * 3);
    private const uint BytesPerPiece = 64 * 1024;

    private HeapNeed(uint frames) => Frames = frames;

    /// <summary>Frames that have to be kept back when the call starts.</summary>
    internal uint Frames { get; }

    /// <summary>The call makes no objects; while that is watched, it asks for a frame.</summary>
    internal static HeapNeed None => new(HeapWindow.IsWatched ? 1u : 0);

    /// <summary>More than is ever kept back: how much it is, the call measures.</summary>
    internal static HeapNeed Measured => new(uint.MaxValue);

    /// <summary>
    /// Objects of a call that gives memory back: it may use up the reserve, as what it gives back
    /// fills it again.
    /// </summary>
    /// <param name="sizes">
    /// How many different sizes they have, pages of contexts counted as one: each may need a piece
    /// of the heap. All objects of a size fit into one.
    /// </param>
    internal static HeapNeed ToGiveBack(uint sizes) => new(sizes * FramesPerPiece);

    /// <summary>Objects that stay, so that a part of the reserve has to be left.</summary>
    /// <param name="sizes">As for <see cref="ToGiveBack"/>.</param>
    internal static HeapNeed ToKeep(uint sizes) =>
        new(HeapWindow.LeastLeft + (sizes * FramesPerPiece));

    /// <summary>The same, and as many bytes more of any size of at most 2 KB.</summary>
    /// <param name="sizes">As for <see cref="ToGiveBack"/>.</param>
    /// <param name="bytes">Objects and their headers.</param>
    internal static ulong ToKeep(uint sizes, ulong bytes)
    {
        // A size class wastes a quarter of a block at most.
        ulong pieces = (bytes + (bytes / 3) + BytesPerPiece - 1) / BytesPerPiece;
        return ToKeep(sizes).Frames + (pieces * FramesPerPiece);
    }
}
