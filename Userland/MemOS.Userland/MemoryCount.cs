namespace MemOS.Userland;

/// <summary>The machine's memory, in bytes.</summary>
/// <param name="Total">All that the machine has.</param>
/// <param name="Free">What nobody uses.</param>
/// <param name="Kernel">What the kernel uses itself, and the code that programs share.</param>
/// <param name="Programs">What programs use; with the two above it makes up the total.</param>
public readonly record struct MemoryCount(
    ulong Total, ulong Free, ulong Kernel, ulong Programs);
