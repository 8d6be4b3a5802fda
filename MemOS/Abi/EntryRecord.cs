using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>
/// The longest entry into the kernel of one kind, as LIST_ENTRIES tells it; 16 bytes.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 16)]
public struct EntryRecord
{
    /// <summary>Ticks of the time stamp counter from the way in to the way out.</summary>
    public ulong Ticks;

    /// <summary>What brought the processor in.</summary>
    public EntryKind Kind;

    /// <summary>A call's code, or a vector.</summary>
    public byte Number;
}
