using System.Runtime.InteropServices;

namespace Cosmos.Core.Panics;

/// <summary>The registers that a panic shows.</summary>
[StructLayout(LayoutKind.Sequential)]
public unsafe struct MachineState
{
    /// <summary>How many general registers there are.</summary>
    public const int GeneralCount = 16;

    /// <summary>RAX, RBX, RCX, RDX, RSI, RDI, RBP, RSP, R8-R15.</summary>
    public fixed ulong General[GeneralCount];

    /// <summary>The instruction.</summary>
    public ulong InstructionPointer;

    /// <summary>RFLAGS.</summary>
    public ulong Flags;

    /// <summary>CR2.</summary>
    public ulong FaultAddress;

    /// <summary>Vector of the exception.</summary>
    public ulong Vector;

    /// <summary>The exception's error code, 0 where it has none.</summary>
    public ulong ErrorCode;

    /// <summary>RBP, from which the backtrace starts.</summary>
    public readonly ulong FramePointer => General[6];

    /// <summary>RSP.</summary>
    public readonly ulong StackPointer => General[7];
}
