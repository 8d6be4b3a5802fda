namespace MemOS.Traps;

/// <summary>What brought the processor into the kernel (Intel SDM 3A, table 6-1).</summary>
internal enum Vector : ulong
{
    Divide = 0,
    Debug = 1,
    NonMaskable = 2,
    Breakpoint = 3,
    InvalidOpcode = 6,
    DoubleFault = 8,
    StackSegment = 12,
    GeneralProtection = 13,
    PageFault = 14,
    MachineCheck = 18,

    /// <summary>The first of the 16 lines of the interrupt controllers.</summary>
    FirstLine = 0x20,

    /// <summary>The last of them.</summary>
    LastLine = 0x2F,
}
