using System;

namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>An amount of machine memory, in whole mebibytes.</summary>
public readonly record struct MemorySize
{
    private MemorySize(int mebibytes) => Mebibytes = mebibytes;

    /// <summary>The amount in units of 2^20 bytes.</summary>
    public int Mebibytes { get; }

    /// <summary>Makes a size from a count of 2^20 bytes, at least 1.</summary>
    public static MemorySize FromMebibytes(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new MemorySize(count);
    }

    /// <summary>Makes a size from a count of 2^30 bytes, at least 1.</summary>
    public static MemorySize FromGibibytes(int count) => FromMebibytes(checked(count * 1024));

    /// <summary>The size as people write it, such as <c>512M</c> or <c>6G</c>.</summary>
    public override string ToString() =>
        Mebibytes % 1024 == 0 ? $"{Mebibytes / 1024}G" : $"{Mebibytes}M";
}
