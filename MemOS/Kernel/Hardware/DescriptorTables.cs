using Cosmos.Core.Hardware;
using Cosmos.Runtime.Heap;
using MemOS.Boot;
using MemOS.Mapping;
using MemOS.Traps;

namespace MemOS.Hardware;

/// <summary>
/// Segments, the task state segment and the interrupt table of MemOS (Intel SDM 3A, 3.4, 6.14,
/// 8.7). Faults that may be a stack's own have stacks of their own. The tables lie at random places
/// of their own, where nothing can write them; the one word of the task state that changes, the
/// stack of the next entry, is written through the direct map.
/// </summary>
internal static unsafe class DescriptorTables
{
    internal const ushort KernelData = 16;
    internal const ushort UserData = 0x1B;
    internal const ushort UserCode = 0x23;

    private const ushort KernelCode = 8;
    private const ushort Task = 0x28;
    private const ulong KernelCodeEntry = 0x00AF9B000000FFFF;
    private const ulong KernelDataEntry = 0x00CF93000000FFFF;
    private const ulong UserDataEntry = 0x00CFF3000000FFFF;
    private const ulong UserCodeEntry = 0x00AFFB000000FFFF;
    private const ulong AvailableTask = 0x89UL << 40;
    private const ulong BusyTask = 0x8BUL << 40;
    private const int SegmentBytes = 7 * 8;

    private const int Vectors = 256;
    private const int GateBytes = 16;
    private const int EntryBytes = 16;
    private const ulong InterruptGate = 0x8EUL << 40;
    private const ulong OpenToRing3 = 3UL << 45;
    private const int FaultStackBytes = 16 * 1024;

    private const uint Star = 0xC0000081;
    private const uint LongStar = 0xC0000082;
    private const uint FlagMask = 0xC0000084;
    private const uint Efer = 0xC0000080;
    private const ulong SyscallEnable = 1;
    private const ulong StarSelectors = ((ulong)KernelCode << 32) | (0x13UL << 48);
    private const ulong AllFlags = 0x47FD5;

    /// <summary>Builds and loads all of it.</summary>
    // Safe: the memory is zeroed, big enough, and never freed; the layouts are the manual's.
    internal static void Load(KernelMemory memory)
    {
        byte* shown = ConstantTables.Show(memory, out byte* writable);
        TaskState* tasks = (TaskState*)writable;
        tasks->PortMap = (ushort)sizeof(TaskState);
        for (int i = 0; i < 3; i++)
            tasks->InterruptStacks[i] = (ulong)Take(FaultStackBytes) + FaultStackBytes;
        byte* draft = stackalloc byte[Vectors * GateBytes];
        WriteGates(draft);
        byte* gates = ConstantTables.Seal(memory, new(draft, Vectors * GateBytes));

        // To load the task register marks its segment as busy: in the draft, as the table that
        // stays cannot be written and has the mark from the beginning.
        byte* segments = stackalloc byte[SegmentBytes];
        WriteSegments((ulong*)segments, shown, AvailableTask);
        byte* pointers = stackalloc byte[32];
        WritePointer(pointers, segments, SegmentBytes);
        WritePointer(pointers + 16, gates, Vectors * GateBytes);
        Cpu* cpu = Cpu.Find();
        MachineCode.LoadTables(pointers, pointers + 16, KernelData, Task);
        WriteSegments((ulong*)segments, shown, BusyTask);
        WritePointer(
            pointers, ConstantTables.Seal(memory, new(segments, SegmentBytes)), SegmentBytes);
        MachineCode.LoadSegmentTable(pointers);
        Cpu.Install(cpu, tasks);
        PrepareSyscall();
    }

    private static void WriteSegments(ulong* entries, byte* tasks, ulong kind)
    {
        ulong address = (ulong)tasks;
        entries[0] = 0;
        entries[1] = KernelCodeEntry;
        entries[2] = KernelDataEntry;
        entries[3] = UserDataEntry;
        entries[4] = UserCodeEntry;
        entries[5] = kind | ((ulong)sizeof(TaskState) - 1)
            | ((address & 0xFFFFFF) << 16) | ((address >> 24 & 0xFF) << 56);
        entries[6] = address >> 32;
    }

    private static void WriteGates(byte* gates)
    {
        ulong entry = MachineCode.TrapEntries();
        for (int i = 0; i < Vectors; i++, entry += EntryBytes)
        {
            ulong* gate = (ulong*)(gates + (i * GateBytes));
            ulong rights = (Vector)i == Vector.Breakpoint ? OpenToRing3 : 0;
            gate[0] = (entry & 0xFFFF) | ((ulong)KernelCode << 16) | (StackOf((Vector)i) << 32)
                | InterruptGate | rights | ((entry >> 16 & 0xFFFF) << 48);
            gate[1] = entry >> 32;
        }
    }

    private static ulong StackOf(Vector vector) => vector switch
    {
        Vector.DoubleFault => 1,
        Vector.NonMaskable => 2,
        Vector.MachineCheck => 3,
        _ => 0,
    };

    private static void PrepareSyscall()
    {
        Instruction.WriteMsr(Star, StarSelectors);
        Instruction.WriteMsr(LongStar, MachineCode.SyscallEntry());
        Instruction.WriteMsr(FlagMask, AllFlags);
        Instruction.WriteMsr(Efer, Instruction.ReadMsr(Efer) | SyscallEnable);
    }

    private static void WritePointer(byte* pointer, byte* table, int bytes)
    {
        *(ushort*)pointer = (ushort)(bytes - 1);
        *(ulong*)(pointer + 2) = (ulong)table;
    }

    private static byte* Take(nuint bytes)
    {
        const nuint Alignment = 64;
        byte* memory = RawBlocks.Allocate(bytes + Alignment);
        if (memory == null)
            BootFailure.Stop("There is no memory for the descriptor tables.");
        return (byte*)(((nuint)memory + Alignment - 1) & ~(Alignment - 1));
    }
}
