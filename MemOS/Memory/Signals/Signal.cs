using MemOS.Abi;

namespace MemOS.Memory.Signals;

/// <summary>A signal with its data, as the handler gets it in registers.</summary>
/// <param name="Code">What it tells.</param>
/// <param name="First">The first eight bytes of its data.</param>
/// <param name="Second">The next eight.</param>
/// <param name="Third">The next eight.</param>
/// <param name="Fourth">The last eight.</param>
public readonly record struct Signal(
    SignalCode Code, ulong First = 0, ulong Second = 0, ulong Third = 0, ulong Fourth = 0);
