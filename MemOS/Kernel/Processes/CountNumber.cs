namespace MemOS.Processes;

/// <summary>
/// Numbers for counts of what there is. Whoever counts sets its number on what it has counted, so
/// that it counts nothing twice and has nothing to take away before.
/// </summary>
internal static class CountNumber
{
    private static ulong _last;

    /// <summary>The number of a new count: never 0, never used again.</summary>
    internal static ulong Next() => ++_last;
}
