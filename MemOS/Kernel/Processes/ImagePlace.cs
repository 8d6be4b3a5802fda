using MemOS.Memory.Addresses;

namespace MemOS.Processes;

/// <summary>Where a program's image lies in its address space.</summary>
/// <param name="Pages">All of it.</param>
internal readonly record struct ImagePlace(PageRange Pages)
{
    /// <summary>Bytes from the image's start to an address, if that lies in the image.</summary>
    /// <param name="address">Any number.</param>
    /// <param name="offset">The bytes.</param>
    internal bool TryGetOffset(ulong address, out ulong offset)
    {
        offset = Pages.IsEmpty ? 0 : address - Pages.First.Start.Value;
        return offset < Pages.Count.Bytes;
    }
}
