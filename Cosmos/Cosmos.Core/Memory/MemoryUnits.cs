namespace Cosmos.Core;

/// <summary>A piece of memory in units of 8 bits.</summary>
public sealed unsafe class MemoryBlock08(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public byte this[uint aByteOffset]
    {
        get => *aBlock.At(aByteOffset, sizeof(byte));
        set => *aBlock.At(aByteOffset, sizeof(byte)) = value;
    }
}

/// <summary>A piece of memory in units of 16 bits.</summary>
public sealed unsafe class MemoryBlock16(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public ushort this[uint aByteOffset]
    {
        get => *(ushort*)aBlock.At(aByteOffset, sizeof(ushort));
        set => *(ushort*)aBlock.At(aByteOffset, sizeof(ushort)) = value;
    }
}

/// <summary>A piece of memory in units of 32 bits.</summary>
public sealed unsafe class MemoryBlock32(MemoryBlock aBlock)
{
    /// <summary>A unit by its offset in bytes.</summary>
    public uint this[uint aByteOffset]
    {
        get => *(uint*)aBlock.At(aByteOffset, sizeof(uint));
        set => *(uint*)aBlock.At(aByteOffset, sizeof(uint)) = value;
    }
}
