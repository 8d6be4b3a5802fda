namespace Cosmos.TestRunner.Engine.Tlb;

/// <summary>How much one mapping covers.</summary>
public enum TlbPageSize
{
    /// <summary>4 KB.</summary>
    Small,

    /// <summary>2 MB or 1 GB: the dump does not tell which.</summary>
    Large,
}
