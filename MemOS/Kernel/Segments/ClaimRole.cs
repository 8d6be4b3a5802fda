namespace MemOS.Segments;

/// <summary>What a process has to do with a segment.</summary>
internal enum ClaimRole : byte
{
    /// <summary>It made the segment, or was handed it.</summary>
    Owner,

    /// <summary>It was given a share.</summary>
    Receiver,

    /// <summary>It handed the segment over: it can ask about it, and no more.</summary>
    Giver,

    /// <summary>
    /// It is a copy of a process that mapped the segment, and maps it there too; it cannot name it.
    /// </summary>
    Heir,
}
