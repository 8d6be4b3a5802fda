using Cosmos.Core.Hardware;
using Cosmos.Core.Memory;

namespace Cosmos.Core.Interrupts;

/// <summary>
/// The interrupt descriptor table of a plain kernel: all 256 vectors lead to the stubs in
/// Stubs.asm. A kernel with a table of its own simply loads it.
/// </summary>
internal static unsafe class InterruptTable
{
    private const int Vectors = 256;
    private const int EntryBytes = 16;
    private const int StubBytes = 16;
    private const ulong PresentInterruptGate = 0x8EUL << 40;

    private const int NonMaskable = 2;
    private const int DoubleFault = 8;
    private const int MachineCheck = 18;

    /// <summary>Builds and loads segments and table. Interrupts stay off.</summary>
    internal static void Load()
    {
        DescriptorTables.Load();
        byte* table = EarlyRegion.Allocate(Vectors * EntryBytes);
        ulong stub = Instruction.InterruptStubs();
        for (int vector = 0; vector < Vectors; vector++, stub += StubBytes)
        {
            ulong* entry = (ulong*)(table + vector * EntryBytes);
            bool ownStack = vector is NonMaskable or DoubleFault or MachineCheck;
            ulong stack = ownStack ? DescriptorTables.FaultStack : 0u;
            entry[0] = (stub & 0xFFFF) | ((ulong)DescriptorTables.CodeSelector << 16)
                | (stack << 32) | PresentInterruptGate | ((stub >> 16 & 0xFFFF) << 48);
            entry[1] = stub >> 32;
        }
        byte* pointer = stackalloc byte[10];
        *(ushort*)pointer = Vectors * EntryBytes - 1;
        *(ulong*)(pointer + 2) = (ulong)table;
        Instruction.LoadIdt(pointer);
    }
}
