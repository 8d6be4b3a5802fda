namespace MemOS.Devices.Pci;

/// <summary>Where a function is found.</summary>
/// <param name="Bus">The bus.</param>
/// <param name="Slot">0 to 31, on the bus.</param>
/// <param name="Function">0 to 7, in the slot.</param>
internal readonly record struct PciAddress(byte Bus, byte Slot, byte Function)
{
    /// <summary>As devices name one another on the bus: bus, slot, function.</summary>
    internal ushort Value => (ushort)((Bus << 8) | (Slot << 3) | Function);
}
