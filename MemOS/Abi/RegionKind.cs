namespace MemOS.Abi;

/// <summary>What a region of an address space is for.</summary>
public enum RegionKind : byte
{
    /// <summary>Anything else.</summary>
    Other = 0,

    /// <summary>Code of the program.</summary>
    Code = 1,

    /// <summary>Constants of the program.</summary>
    Constants = 2,

    /// <summary>Variables of the program.</summary>
    Data = 3,

    /// <summary>A stack.</summary>
    Stack = 4,

    /// <summary>An allocation (MEM_ALLOC).</summary>
    Allocation = 5,

    /// <summary>The arguments that the process was started with.</summary>
    Arguments = 6,
}
