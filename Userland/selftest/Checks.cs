using System;

namespace MemOS.Selftest;

/// <summary>
/// Counts checks and names those that fail. Counting takes no memory, so that there may be none.
/// </summary>
/// <param name="program">Whose checks they are.</param>
internal sealed class Checks(string program)
{
    private readonly Failure[] _failures = new Failure[64];
    private int _passed;
    private int _failed;
    private int _printed;

    /// <summary>
    /// What a check is about, and what was wrong: the numbers, if they tell it.
    /// </summary>
    private readonly record struct Failure(string Name, string? Why, ulong Expected, ulong Actual)
    {
        public override string ToString() =>
            $"{Name}: {Why ?? $"0x{Actual:X}, not 0x{Expected:X}"}";
    }

    /// <summary>Counts a check.</summary>
    /// <param name="name">What is checked.</param>
    /// <param name="holds">Whether it is so.</param>
    internal void That(string name, bool holds) => That(name, "it is not so", holds);

    /// <summary>Counts a check that has its own words for a failure.</summary>
    internal void That(string name, string why, bool holds)
    {
        if (holds)
            _passed++;
        else
            Add(new Failure(name, why, 0, 0));
    }

    /// <summary>Counts a check of a number.</summary>
    internal void Equal(string name, ulong expected, ulong actual)
    {
        if (expected == actual)
            _passed++;
        else
            Add(new Failure(name, null, expected, actual));
    }

    /// <summary>Names what has failed since the last time; there must be memory.</summary>
    internal void PrintFailures()
    {
        int kept = Math.Min(_failed, _failures.Length);
        for (; _printed < kept; _printed++)
            Console.WriteLine($"{program}: FAILED {_failures[_printed]}");
    }

    /// <summary>Prints the line that tests look for.</summary>
    /// <returns>The exit code: 0 if nothing failed.</returns>
    internal int Print()
    {
        PrintFailures();
        Console.WriteLine($"{program}: {_passed} checks passed, {_failed} failed");
        return _failed == 0 ? 0 : 1;
    }

    private void Add(in Failure failure)
    {
        if (_failed < _failures.Length)
            _failures[_failed] = failure;
        _failed++;
    }
}
