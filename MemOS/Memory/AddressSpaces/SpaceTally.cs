namespace MemOS.Memory.AddressSpaces;

/// <summary>What an audit has met of all regions of a space so far.</summary>
internal struct SpaceTally
{
    /// <summary>Small pages that are mapped to RAM.</summary>
    internal ulong Resident;

    /// <summary>As <see cref="FramePromise{TMemory}.Pages"/>.</summary>
    internal ulong FramesNeeded;

    /// <summary>Those of them that are there.</summary>
    internal ulong FramesTaken;

    /// <summary>As <see cref="FramePromise{TMemory}.Tables"/>.</summary>
    internal ulong TablesNeeded;
}
