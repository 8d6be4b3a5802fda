using System;

namespace IL2CPU;

/// <summary>Something in what is built that its author has to change.</summary>
/// <param name="code">Number of the error, as in "IL2CPU012".</param>
/// <param name="message">What is wrong, and what to do.</param>
/// <param name="place">File and line, "file(line,column)", where known.</param>
public sealed class BuildError(string code, string message, string? place = null)
    : Exception(message)
{
    /// <summary>The form in which MSBuild shows an error with its place.</summary>
    public string ToBuildMessage() => $"{place ?? "IL2CPU"}: error {code}: {Message}";
}
