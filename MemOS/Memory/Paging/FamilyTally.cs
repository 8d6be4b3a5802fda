namespace MemOS.Memory.Paging;

/// <summary>What an audit has met of a <see cref="TableFamily"/>.</summary>
internal struct FamilyTally
{
    /// <summary>The family's number in this audit; no other one has the same.</summary>
    internal uint Number;

    /// <summary>As <see cref="TableFamily.Tables"/>.</summary>
    internal ulong Tables;

    /// <summary>As <see cref="TableFamily.OwnFrames"/>.</summary>
    internal ulong OwnFrames;

    /// <summary>As <see cref="TableFamily.FramesTaken"/>.</summary>
    internal ulong FramesTaken;
}
