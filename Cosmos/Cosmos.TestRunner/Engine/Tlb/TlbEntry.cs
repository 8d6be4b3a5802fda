namespace Cosmos.TestRunner.Engine.Tlb;

/// <summary>One mapping of the machine under test.</summary>
/// <param name="Virtual">Where the page is seen.</param>
/// <param name="Physical">Where it is.</param>
/// <param name="Rights">What the entry at the end of the walk allows.</param>
/// <param name="Size">How much it covers.</param>
public readonly record struct TlbEntry(
    GuestAddress Virtual, GuestAddress Physical, TlbRights Rights, TlbPageSize Size)
{
    /// <summary>Whether the page can be written and executed.</summary>
    public bool IsWritableAndExecutable =>
        Rights.HasFlag(TlbRights.Write | TlbRights.Execute);
}
