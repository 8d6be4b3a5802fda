using Cosmos.Core;

namespace MemOS.Devices.Pci;

/// <summary>
/// The configuration space of PCI functions by ports (PCI local bus specification 3.0, 3.2.2.3.2),
/// a word of 32 bits at a time.
/// </summary>
internal static class PciConfiguration
{
    private const ushort AddressPort = 0xCF8;
    private const ushort DataPort = 0xCFC;
    private const uint Enable = 1u << 31;

    /// <summary>Reads a word; all ones where there is no function.</summary>
    /// <param name="function">Whose.</param>
    /// <param name="offset">A multiple of 4.</param>
    internal static uint Read(PciAddress function, byte offset)
    {
        IOPort.Write32(AddressPort, Enable | ((uint)function.Value << 8) | offset);
        return IOPort.Read32(DataPort);
    }

    /// <summary>Writes a word.</summary>
    internal static void Write(PciAddress function, byte offset, uint value)
    {
        IOPort.Write32(AddressPort, Enable | ((uint)function.Value << 8) | offset);
        IOPort.Write32(DataPort, value);
    }
}
