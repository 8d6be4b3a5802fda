namespace Cosmos.Runtime;

/// <summary>The arguments that the program was started with.</summary>
public static class CommandLine
{
    /// <summary>Set by the start code before <c>Main</c> runs; never null.</summary>
    public static string[] Arguments { get; set; } = [];
}
