using System.Runtime.InteropServices;
using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core;

/// <summary>A piece of the boot loader's memory map.</summary>
public class MemoryMapBlock
{
    /// <summary>Physical address of the first byte.</summary>
    public ulong Address;

    /// <summary>In bytes.</summary>
    public ulong Length;

    /// <summary>What it is, in multiboot's numbers: 1 for memory that anyone may use.</summary>
    public uint Type;

    internal MemoryMapBlock(MemoryMapEntry entry)
    {
        Address = entry.Range.Start;
        Length = entry.Range.Length;
        Type = (uint)entry.Kind;
    }
}

/// <summary>A piece of the boot loader's memory map, as the loader lays it out.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct RawMemoryMapBlock
{
    /// <summary>Physical address of the first byte.</summary>
    public ulong Address;

    /// <summary>In bytes.</summary>
    public ulong Length;

    /// <summary>What it is, in multiboot's numbers: 1 for memory that anyone may use.</summary>
    public uint Type;

    /// <summary>Always zero.</summary>
    public uint Zero;
}
