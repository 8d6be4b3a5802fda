namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>
/// The part of the arena that operands lie in. Its halves can be served apart, so that an
/// instruction has one operand there and one in ordinary memory.
/// </summary>
internal static class Window
{
    /// <summary>From the arena's start; far enough for a signal's frame below.</summary>
    internal const int Offset = 192 * 1024;

    /// <summary>Bytes of a half.</summary>
    internal const int HalfBytes = 512;

    /// <summary>Bytes of both.</summary>
    internal const int Bytes = 2 * HalfBytes;
}
