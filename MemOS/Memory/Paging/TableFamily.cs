namespace MemOS.Memory.Paging;

/// <summary>
/// What address spaces that came from one another by fork have and need together: a table or a
/// page that several of them have counts once. What is needed and not there is kept back, so each
/// of them can get its own copy of all that is shared.
/// </summary>
public sealed class TableFamily
{
    private ulong _countedIn;

    /// <summary>Page tables below the roots.</summary>
    public ulong Tables { get; internal set; }

    /// <summary>Frames of pages that are the spaces' own: not held, no segment's.</summary>
    public ulong OwnFrames { get; internal set; }

    /// <summary>
    /// The same, but for code's pages, which count as two: as in what is needed.
    /// </summary>
    internal ulong FramesTaken { get; set; }

    /// <summary>Tables that each of the spaces can need, summed up.</summary>
    internal ulong TablesNeeded { get; set; }

    /// <summary>Frames that each of the spaces can need for pages, summed up.</summary>
    internal ulong FramesNeeded { get; set; }

    /// <summary>What an audit has met of it so far.</summary>
    // A field, as it is changed in place.
    internal FamilyTally Met;

    /// <summary>Whether there was ever more than one space.</summary>
    public bool WasForked { get; internal set; }

    /// <summary>Whether it was counted already in a count of what there is.</summary>
    /// <param name="count">The number of the count.</param>
    public bool IsCountedIn(ulong count) => _countedIn == count;

    /// <summary>Counts it in, unless it was already.</summary>
    /// <param name="count">The number of the count.</param>
    /// <returns>Whether it was not.</returns>
    public bool TryCountIn(ulong count)
    {
        bool isFirst = !IsCountedIn(count);
        _countedIn = count;
        return isFirst;
    }
}
