using System;

namespace MemOS.Userland.Demos;

/// <summary>Whether a demo showed what it promised; the first failure is the one told.</summary>
public sealed class Verdict(string program)
{
    private string? _failure;

    /// <summary>Says that something was not as promised.</summary>
    public void Fail(string why) => _failure ??= why;

    /// <summary>Prints the last line of a demo.</summary>
    /// <returns>The exit code: 0 if nothing failed.</returns>
    public int Print()
    {
        string outcome = _failure is null ? "ok" : $"FAILED {_failure}";
        Console.WriteLine($"{program}: {outcome}");
        return _failure is null ? 0 : 1;
    }
}
