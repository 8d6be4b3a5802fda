using System;
using System.Collections.Generic;
using System.Linq;

namespace IL2CPU;

/// <summary>Something in what is built that its author has to change.</summary>
public class BuildError : Exception
{
    private readonly string _code;
    private readonly string? _place;

    /// <summary>An error.</summary>
    /// <param name="code">Its number, as in "IL2CPU012".</param>
    /// <param name="message">What is wrong, and what to do; in one line.</param>
    /// <param name="place">File and line, "file(line,column)", where known.</param>
    public BuildError(string code, string message, string? place = null)
        : base(message)
    {
        _code = code;
        _place = place;
    }

    private IReadOnlyList<BuildError> Others { get; init; } = [];

    /// <summary>Several errors that were found together.</summary>
    /// <param name="errors">At least one.</param>
    public static BuildError All(IEnumerable<BuildError> errors)
    {
        BuildError[] all = [.. errors];
        return new BuildError(all[0]._code, all[0].Message, all[0]._place) { Others = all[1..] };
    }

    /// <summary>The form in which MSBuild shows errors with their places, a line each.</summary>
    public string ToBuildMessage() => string.Join('\n', Others.Prepend(this).Select(
        one => $"{one._place ?? "IL2CPU"}: error {one._code}: {one.Message}"));
}
