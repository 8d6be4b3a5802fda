using System.Runtime.InteropServices;

namespace MemOS.Hardware;

/// <summary>The 64-bit task state segment (Intel SDM 3A, 8.7).</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal unsafe struct TaskState
{
    private readonly uint _reserved0;

    /// <summary>RSP for an entry from ring 3.</summary>
    internal ulong Stack0;

    private readonly ulong _stack1;
    private readonly ulong _stack2;
    private readonly ulong _reserved1;

    /// <summary>Stacks that vectors ask for by number, from 1.</summary>
    internal fixed ulong InterruptStacks[7];

    private readonly ulong _reserved2;
    private readonly ushort _reserved3;

    /// <summary>Offset of the map of ports; at or past the end, ring 3 may use none.</summary>
    internal ushort PortMap;
}
