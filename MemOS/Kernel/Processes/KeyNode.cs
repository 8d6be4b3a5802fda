namespace MemOS.Processes;

/// <summary>A place in a <see cref="KeyQueue"/>: in one at a time.</summary>
internal abstract class KeyNode
{
    /// <summary>What it is queued by; not to be changed while it is queued.</summary>
    internal ulong Key { get; set; }

    /// <summary>Whether it is in a queue.</summary>
    internal bool IsQueued { get; set; }

    /// <summary>The one added last of those that come right after it.</summary>
    internal KeyNode? Child { get; set; }

    /// <summary>The one that comes after the same as it does, and was added before it.</summary>
    internal KeyNode? Sibling { get; set; }

    /// <summary>The one that has it as its child or its sibling.</summary>
    internal KeyNode? Holder { get; set; }
}
