using System;
using MemOS.Userland.Terminal;

namespace MemOS.Userland.Demos;

/// <summary>Whether a demo showed what it promised; the first failure is the one told.</summary>
/// <param name="program">The demo.</param>
public sealed class Verdict(string program)
{
    private string? _failure;

    /// <summary>Whether nothing has failed so far.</summary>
    public bool IsGood => _failure is null;

    /// <summary>Says that something was not as promised.</summary>
    public void Fail(string why) => _failure ??= why;

    /// <summary>The last line of a demo, without colours: "hello: ok".</summary>
    public override string ToString() =>
        $"{program}: {(_failure is null ? "ok" : "FAILED " + _failure)}";

    /// <summary>Prints the last line of a demo.</summary>
    /// <returns>The exit code: 0 if nothing failed.</returns>
    public int Print()
    {
        Console.WriteLine(IsGood ? Palette.Good(ToString()) : Palette.Bad(ToString()));
        return IsGood ? 0 : 1;
    }
}
