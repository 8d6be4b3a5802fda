using Cosmos.Core.Hardware;
using Cosmos.Core.Memory;

namespace Cosmos.Core.Interrupts;

/// <summary>
/// Segments of a plain kernel: flat code and data, and a task state segment for the stack on
/// which a double fault is reported (Intel SDM 3A, sections 3.5 and 8.7).
/// </summary>
internal static unsafe class DescriptorTables
{
    /// <summary>Selector of the code segment.</summary>
    internal const ushort CodeSelector = 8;

    /// <summary>Number of the stack in the TSS for faults that may be the stack's own.</summary>
    internal const byte FaultStack = 1;

    private const ulong Code = 0x00AF9B000000FFFF;
    private const ulong Data = 0x00CF93000000FFFF;
    private const ulong AvailableTss = 0x89UL << 40;
    private const int TssBytes = 104;
    private const int FirstFaultStackOffset = 36;
    private const int MapBaseOffset = 102;
    private const int TableBytes = 5 * 8;
    private const int FaultStackBytes = 4 * 4096;

    /// <summary>Builds both in one page and loads them.</summary>
    internal static void Load()
    {
        byte* table = EarlyRegion.Allocate(EarlyRegion.PageBytes);
        byte* stack = EarlyRegion.Allocate(FaultStackBytes);
        byte* state = table + 64;
        *(ulong*)(state + FirstFaultStackOffset) = (ulong)stack + FaultStackBytes;
        *(ushort*)(state + MapBaseOffset) = TssBytes;

        ulong address = (ulong)state;
        ulong* entries = (ulong*)table;
        entries[1] = Code;
        entries[2] = Data;
        entries[3] = AvailableTss | (TssBytes - 1) | ((address & 0xFFFFFF) << 16)
            | ((address >> 24 & 0xFF) << 56);
        entries[4] = address >> 32;

        byte* pointer = stackalloc byte[10];
        *(ushort*)pointer = TableBytes - 1;
        *(ulong*)(pointer + 2) = (ulong)table;
        Instruction.LoadGdt(pointer);
    }
}
