using System;

namespace Cosmos.Core;

public static partial class INTs
{
    /// <summary>The flags register (Intel SDM 1, section 3.4.3).</summary>
    [Flags]
    public enum EFlagsEnum : uint
    {
        /// <summary>CF.</summary>
        Carry = 1 << 0,

        /// <summary>PF.</summary>
        Parity = 1 << 2,

        /// <summary>AF.</summary>
        AuxilliaryCarry = 1 << 4,

        /// <summary>ZF.</summary>
        Zero = 1 << 6,

        /// <summary>SF.</summary>
        Sign = 1 << 7,

        /// <summary>TF.</summary>
        Trap = 1 << 8,

        /// <summary>IF.</summary>
        InterruptEnable = 1 << 9,

        /// <summary>DF.</summary>
        Direction = 1 << 10,

        /// <summary>OF.</summary>
        Overflow = 1 << 11,

        /// <summary>NT.</summary>
        NestedTag = 1 << 14,

        /// <summary>RF.</summary>
        Resume = 1 << 16,

        /// <summary>VM.</summary>
        Virtual8086Mode = 1 << 17,

        /// <summary>AC.</summary>
        AlignmentCheck = 1 << 18,

        /// <summary>VIF.</summary>
        VirtualInterrupt = 1 << 19,

        /// <summary>VIP.</summary>
        VirtualInterruptPending = 1 << 20,

        /// <summary>ID.</summary>
        ID = 1 << 21,
    }
}
