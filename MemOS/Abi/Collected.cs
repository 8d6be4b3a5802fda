namespace MemOS.Abi;

/// <summary>Whether the kernel collected its garbage in an entry.</summary>
public enum Collected : byte
{
    /// <summary>It did not.</summary>
    No = 0,

    /// <summary>It did, or did a part of that.</summary>
    Yes = 1,
}
