namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>Which processor QEMU emulates.</summary>
public enum CpuModel
{
    /// <summary>Everything that the emulator knows.</summary>
    Max,

    /// <summary>An early one of 64 bits: no SMEP, SMAP, UMIP, PKU, RDRAND, 1 GB pages.</summary>
    Qemu64,

    /// <summary>One of 32 bits.</summary>
    Pentium,

    /// <summary>As <see cref="Max"/>, with the no-execute bit switched off.</summary>
    MaxWithoutNx,
}
