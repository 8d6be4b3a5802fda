using System;

namespace MemOS.Selftest;

/// <summary>Counts checks and names those that fail.</summary>
/// <param name="program">Whose checks they are.</param>
internal sealed class Checks(string program)
{
    private int _passed;
    private int _failed;

    /// <summary>Counts a check.</summary>
    /// <param name="name">What is checked.</param>
    /// <param name="holds">Whether it is so.</param>
    internal void That(string name, bool holds)
    {
        if (holds)
            _passed++;
        else
            Fail(name, "it is not so");
    }

    /// <summary>Counts a check of a number.</summary>
    internal void Equal(string name, ulong expected, ulong actual)
    {
        if (expected == actual)
            _passed++;
        else
            Fail(name, $"0x{actual:X}, not 0x{expected:X}");
    }

    /// <summary>Prints the line that tests look for.</summary>
    /// <returns>The exit code: 0 if nothing failed.</returns>
    internal int Print()
    {
        Console.WriteLine($"{program}: {_passed} checks passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private void Fail(string name, string why)
    {
        _failed++;
        Console.WriteLine($"{program}: FAILED {name}: {why}");
    }
}
