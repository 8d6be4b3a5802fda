using System;
using System.Globalization;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>What a step does.</summary>
internal enum MemoryAct
{
    Begin,
    End,
    Allocate,
    AllocateLarge,
    Free,
    Capture,
    Device,
    Share,
    EndShare,
    EndOwner,
    Map,
    MapAt,
    Execute,
    Unmap,
    UnmapAll,
    HandOver,
    Back,
    Supply,
    Fork,
    Handle,
    Unhandle,
    MakeReady,
    Send,
    Tell,
    BreakRule,
    Touch,
}

/// <summary>A step, and the numbers that say which process, which region and so on.</summary>
internal readonly record struct MemoryStep(MemoryAct Act, int A, int B, int C)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Act} {A} {B} {C}");

    public static MemoryStep Parse(string line)
    {
        string[] parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new MemoryStep(
            Enum.Parse<MemoryAct>(parts[0]), Number(parts[1]), Number(parts[2]),
            Number(parts[3]));
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
