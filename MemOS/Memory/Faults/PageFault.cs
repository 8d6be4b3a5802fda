using MemOS.Memory.Addresses;

namespace MemOS.Memory.Faults;

/// <summary>An access that the page tables did not allow (Intel SDM volume 3, 4.7).</summary>
/// <param name="Address">The byte that was wanted.</param>
/// <param name="Access">What was to be done with it: one of the three.</param>
public readonly record struct PageFault(VirtualAddress Address, Access Access);
