using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>What the kernel tells; docs/abi.md says what the data are.</summary>
/// <param name="Code">What it is about.</param>
/// <param name="First">The first eight bytes of its data.</param>
/// <param name="Second">The next eight.</param>
/// <param name="Third">The next eight.</param>
/// <param name="Fourth">The last eight.</param>
public readonly record struct Signal(
    SignalCode Code, ulong First, ulong Second, ulong Third, ulong Fourth);
