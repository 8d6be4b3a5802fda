namespace MemOS.Abi;

/// <summary>Whether MEM_ALLOC may give back what the same process left in its memory.</summary>
public enum ZeroFirst : byte
{
    /// <summary>Memory that this process had before may come back as it was.</summary>
    No = 0,

    /// <summary>All memory is zero.</summary>
    Yes = 1,
}
