using Cosmos.Core.Boot.Multiboot2;

namespace Cosmos.Core;

/// <summary>A piece of the boot loader's memory map.</summary>
public class MemoryMapBlock
{
    /// <summary>The <see cref="Type"/> of memory that anyone may use.</summary>
    public const uint Usable = 1;

    /// <summary>Physical address of the first byte.</summary>
    public ulong Address;

    /// <summary>In bytes.</summary>
    public ulong Length;

    /// <summary>What it is, in multiboot's numbers; <see cref="Usable"/> for memory.</summary>
    public uint Type;

    internal MemoryMapBlock(MemoryMapEntry entry)
    {
        Address = entry.Range.Start;
        Length = entry.Range.Length;
        Type = (uint)entry.Kind;
    }
}
