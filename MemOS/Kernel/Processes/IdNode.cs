namespace MemOS.Processes;

/// <summary>
/// Who has a number, by which an <see cref="IdTree{T}"/> finds it: in one tree at a time. It can
/// stand in a list as well.
/// </summary>
/// <param name="number">Its number, which it keeps; no other one in its tree has the same.</param>
internal abstract class IdNode<T>(ulong number) : ListNode<T>
    where T : IdNode<T>
{
    /// <summary>Its number.</summary>
    internal ulong Number { get; } = number;

    /// <summary>Below it in the tree, with a zero as the bit that tells them apart.</summary>
    internal T? Low { get; set; }

    /// <summary>Below it in the tree, with a one as the bit that tells them apart.</summary>
    internal T? High { get; set; }
}
