namespace MemOS.Userland;

/// <summary>The machine's memory, in bytes.</summary>
/// <param name="Total">All that the machine has.</param>
/// <param name="Free">What nobody uses.</param>
/// <param name="Kernel">What the kernel uses itself.</param>
public readonly record struct MemoryCount(ulong Total, ulong Free, ulong Kernel);
