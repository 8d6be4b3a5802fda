using Cosmos.Core.Boot;

namespace Cosmos.Core.Interrupts;

/// <summary>What the processor's exceptions mean (Intel SDM 3A, table 6-1).</summary>
internal static unsafe class ExceptionNames
{
    /// <summary>Vector of #GP.</summary>
    internal const uint GeneralProtection = 13;

    private const uint DoubleFault = 8;
    private const uint PageFault = 14;
    private const ulong GuardBytes = 4096;

    /// <summary>A line for the panic screen.</summary>
    /// <param name="vector">The exception's number.</param>
    /// <param name="address">CR2.</param>
    internal static string Describe(uint vector, ulong address)
    {
        ulong bottom = (ulong)KernelImage.StackBottom();
        bool inGuard = address < bottom && address >= bottom - GuardBytes;
        if (vector is DoubleFault or PageFault && inGuard)
            return "the kernel's stack is full";
        return vector switch
        {
            0 => "divide error",
            1 => "debug exception",
            2 => "non-maskable interrupt: hardware failure",
            3 => "breakpoint",
            6 => "invalid instruction",
            7 => "x87 or SSE is off",
            8 => "double fault",
            10 => "invalid task state segment",
            11 => "segment not present",
            12 => "stack segment fault",
            13 => "general protection fault",
            14 => "page fault: memory that is not there or may not be used so",
            16 => "x87 floating-point error",
            17 => "misaligned access",
            18 => "machine check: hardware failure",
            19 => "SSE floating-point error",
            21 => "control protection fault",
            _ => "unexpected exception",
        };
    }
}
