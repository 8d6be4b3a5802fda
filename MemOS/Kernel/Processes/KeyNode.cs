namespace MemOS.Processes;

/// <summary>A place in a <see cref="KeyQueue"/>: in one at a time.</summary>
internal abstract class KeyNode
{
    /// <summary>What it is queued by; not to be changed while it is queued.</summary>
    internal ulong Key { get; set; }

    /// <summary>Whether it is in a queue.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The one that has it as its left or right child; null at the top.</summary>
    internal KeyNode? Parent { get; set; }

    /// <summary>The child whose rank is not below the other's.</summary>
    internal KeyNode? Left { get; set; }

    /// <summary>The other child.</summary>
    internal KeyNode? Right { get; set; }

    /// <summary>Nodes on the way down by right children alone, itself included.</summary>
    internal int Rank { get; set; }
}
