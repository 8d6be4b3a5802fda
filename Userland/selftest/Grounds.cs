using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Selftest;

/// <summary>An address, and what is there.</summary>
internal readonly record struct Place(string Name, ulong Address);

/// <summary>Memory of every kind to point at.</summary>
internal sealed class Grounds
{
    private const int WritablePages = 18;

    /// <summary>Finds or makes one of each.</summary>
    internal Grounds()
    {
        Writable = Make(WritablePages, MemoryRights.ReadWrite);
        ReadOnly = Make(1, MemoryRights.Read);
        ExecuteOnly = Make(1, MemoryRights.Execute);
        ulong three = Make(3, MemoryRights.ReadWrite);
        Hole = three + Memory.PageBytes;
        Memory.Free(new(Hole), Memory.PageBytes);
        foreach (Region region in Process.Maps(Process.Id))
        {
            if (region is { Kind: RegionKind.Stack, Rights: MemoryRights.None } && Guard == 0)
                Guard = region.Start.Value;
            HasFiveLevels |= region.Start.Value >> 47 != 0;
        }
        Nowhere =
        [
            new("nothing", 0),
            new("low memory", 0x1000),
            new("freed memory", Hole),
            new("a guard page", Guard),
            new("the last page below 2^47", 0x7FFF_FFFF_F000),
            new("2^47", 0x8000_0000_0000),
            new("the last page below 2^56", 0xFF_FFFF_FFFF_F000),
            new("no address", 0x8000_0000_0000_0000),
            new("the kernel half of five levels", 0xFF00_0000_0000_0000),
            new("the kernel half of four levels", 0xFFFF_8000_0000_0000),
            new("the highest 2 GB", 0xFFFF_FFFF_8000_0000),
            new("the last page", 0xFFFF_FFFF_FFFF_F000),
        ];
        Protected =
        [
            new("read-only memory", ReadOnly),
            new("execute-only memory", ExecuteOnly),
            new("code", OwnLayout.Code.Value),
            new("constants", OwnLayout.Constants.Value),
        ];
    }

    /// <summary>18 pages to read and write, side by side.</summary>
    internal ulong Writable { get; }

    /// <summary>A page to read.</summary>
    internal ulong ReadOnly { get; }

    /// <summary>A page to execute.</summary>
    internal ulong ExecuteOnly { get; }

    /// <summary>A page that is not there, with one to read and write on each side.</summary>
    internal ulong Hole { get; }

    /// <summary>A guard of the stack.</summary>
    internal ulong Guard { get; }

    /// <summary>Whether addresses have 57 bits: some part of a program lies beyond 47.</summary>
    internal bool HasFiveLevels { get; }

    /// <summary>Places where the process has no memory.</summary>
    internal Place[] Nowhere { get; }

    /// <summary>Places that it may not write to.</summary>
    internal Place[] Protected { get; }

    private static ulong Make(int pages, MemoryRights rights) =>
        Memory.Allocate((nuint)pages * Memory.PageBytes, rights).Start.Value;
}
