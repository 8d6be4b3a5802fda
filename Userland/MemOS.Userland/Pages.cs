namespace MemOS.Userland;

/// <summary>Pages of memory that the kernel gave, until they are given back.</summary>
public sealed class Pages : OwnedMemory
{
    internal Pages(Address start, nuint bytes)
        : base(start, bytes)
    {
    }

    private protected override void GiveBack() => Memory.Free(Start, Bytes);
}
