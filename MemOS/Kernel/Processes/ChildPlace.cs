namespace MemOS.Processes;

/// <summary>A process's place among the children of its parent.</summary>
internal sealed class ChildPlace(Process process) : ListNode<ChildPlace>
{
    /// <summary>The child.</summary>
    internal Process Process { get; } = process;
}
