namespace MemOS.Instructions.Accesses;

/// <summary>Who answers for a piece of a program's memory.</summary>
public enum MemoryService
{
    /// <summary>No one alone: it reaches out of one mapping that is served.</summary>
    Mixed = 0,

    /// <summary>All of it lies in one mapping whose every access is served.</summary>
    Served,

    /// <summary>None of it does.</summary>
    Ordinary,
}
