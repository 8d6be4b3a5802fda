using MemOS.Memory.Addresses;

namespace MemOS.Memory.Paging;

/// <summary>The first invariant found broken, and where; or that all is sound.</summary>
public readonly record struct AuditFinding(AuditRule Rule, Frame Frame, Page Page)
{
    /// <summary>Whether every invariant holds.</summary>
    public bool IsSound => Rule == AuditRule.Sound;

    /// <inheritdoc/>
    public override string ToString() => Rule.ToString() + " at " + Frame + ", " + Page;
}
