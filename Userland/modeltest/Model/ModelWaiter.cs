namespace MemOS.Modeltest.Model;

/// <summary>A word as who waits for it or wakes knows it.</summary>
/// <param name="Process">Who.</param>
/// <param name="Address">Where it lies there.</param>
/// <param name="Segment">The segment that it belongs to, if others can have it too.</param>
/// <param name="Offset">Where it lies in that.</param>
internal readonly record struct ModelWord(
    ModelProcess Process, ulong Address, ModelSegment? Segment, ulong Offset)
{
    /// <summary>Whether a wake-up by the one name is for the other.</summary>
    internal bool IsSame(ModelWord other) =>
        (Process == other.Process && Address == other.Address)
            || (Segment is not null && Segment == other.Segment && Offset == other.Offset);
}

/// <summary>A thread that waits for a word until it is woken.</summary>
/// <param name="Word">The word.</param>
/// <param name="Place">Which thread of the process.</param>
internal readonly record struct ModelWaiter(ModelWord Word, int Place);
