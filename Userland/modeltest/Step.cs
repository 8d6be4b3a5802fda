using System;
using System.Globalization;

namespace MemOS.Modeltest;

/// <summary>What a step does.</summary>
internal enum Act
{
    Allocate,
    AllocateLarge,
    Free,
    Capture,
    Share,
    HandOver,
    Unshare,
    Tell,
    Map,
    MapAt,
    MapCode,
    Unmap,
    UnmapAll,
    Touch,
    Probe,
    Fill,
    Run,
    Regions,
    Listen,
    Ignore,
    Ask,
    Foreign,
    End,
    Copy,
    Device,
    Back,
    Wait,
    Wake,
    Starve,
}

/// <summary>A step, and the numbers that say which process, which region and so on.</summary>
internal readonly record struct Step(Act Act, int A, int B, int C)
{
    private const int Most = 10_000;

    // How often each act comes, in the order of Act.
    private static readonly int[] _weights =
    [
        20, 2, 12, 16, 30, 4, 9, 8, 26, 8, 6, 12, 3, 80, 16, 12, 12, 3, 8, 2, 3, 1, 2, 3, 5, 6, 10,
        10, 1,
    ];

    /// <summary>Draws a step.</summary>
    internal static Step Draw(Random random)
    {
        int all = 0;
        foreach (int weight in _weights)
            all += weight;
        int left = random.Next(all);
        int act = 0;
        while (left >= _weights[act])
            left -= _weights[act++];
        return new Step((Act)act, random.Next(Most), random.Next(Most), random.Next(Most));
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    internal static Step Parse(string text)
    {
        string[] parts = text.Split('.');
        return new Step(
            Enum.Parse<Act>(parts[0]), Number(parts[1]), Number(parts[2]), Number(parts[3]));
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Act}.{A}.{B}.{C}");

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
