using MemOS.Abi;

namespace MemOS.Processes;

/// <summary>How a process ended, as its parent is told.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Data">What it gave to EXIT, or the address of its fault.</param>
/// <param name="Fault">What it did, if that was the reason.</param>
internal readonly record struct ProcessEnd(EndReason Reason, ulong Data, FaultKind Fault);
