using System.Collections.Generic;
using Cosmos.Core.Boot.Multiboot2;

namespace MemOS.Devices.Pci;

/// <summary>
/// A function of a device on a PCI bus, as its configuration tells it (PCI local bus specification
/// 3.0, 6.1 and 6.2).
/// </summary>
internal sealed class PciFunction
{
    private const byte IdOffset = 0x00;
    private const byte CommandOffset = 0x04;
    private const byte ClassOffset = 0x08;
    private const byte HeaderOffset = 0x0C;
    private const byte FirstWindowOffset = 0x10;
    private const byte BusesOffset = 0x18;
    private const ushort NoVendor = 0xFFFF;
    private const uint DecodesMemory = 2;
    private const uint DecodesAll = 3;
    private const uint MasteringBit = 4;
    private const uint BridgeClass = 0x0604;
    private const uint HostBridgeClass = 0x0600;
    private const uint IsaBridgeClass = 0x0601;
    private const uint IsPorts = 1;
    private const uint Is64Bits = 4;
    private const uint FlagBits = 0xF;
    private const int WindowWords = 6;

    private readonly uint _header;

    private PciFunction(PciAddress address, uint id)
    {
        Address = address;
        Vendor = (ushort)id;
        Device = (ushort)(id >> 16);
        Class = PciConfiguration.Read(address, ClassOffset) >> 8;
        _header = PciConfiguration.Read(address, HeaderOffset) >> 16;
    }

    internal PciAddress Address { get; }

    internal ushort Vendor { get; }

    internal ushort Device { get; }

    /// <summary>Class, subclass and interface, 8 bits each.</summary>
    internal uint Class { get; }

    /// <summary>Whether other functions of the slot are to be looked for.</summary>
    internal bool HasSiblings => (_header & 0x80) != 0;

    /// <summary>Whether there is another bus behind it.</summary>
    internal bool IsBridge => Class >> 8 == BridgeClass && (_header & 0x7F) == 1;

    /// <summary>
    /// Whether it connects the bus with the processor, or with the old bus, whose DMA controller
    /// has ports that the kernel alone reaches. The bit that lets a function master the bus may be
    /// fixed there (Intel 82371SB, 2.2.3), and means nothing.
    /// </summary>
    internal bool IsChipset => Class >> 8 is HostBridgeClass or IsaBridgeClass;

    /// <summary>
    /// Whether it may read and write RAM by itself (bus mastering, PCI 3.0, 6.2.2); of a bridge,
    /// whether what is behind it may.
    /// </summary>
    internal bool IsMastering =>
        (PciConfiguration.Read(Address, CommandOffset) & MasteringBit) != 0;

    /// <summary>The bus behind a bridge.</summary>
    internal byte BusBehind => (byte)(PciConfiguration.Read(Address, BusesOffset) >> 8);

    /// <summary>The function there; null if there is none.</summary>
    internal static PciFunction? TryFind(PciAddress address)
    {
        uint id = PciConfiguration.Read(address, IdOffset);
        return (ushort)id == NoVendor ? null : new PciFunction(address, id);
    }

    /// <summary>Keeps it from reading and writing RAM by itself.</summary>
    internal void StopMastering()
    {
        // The upper half is the status, of which a one clears a bit.
        uint command = PciConfiguration.Read(Address, CommandOffset) & ushort.MaxValue;
        PciConfiguration.Write(Address, CommandOffset, command & ~MasteringBit);
    }

    /// <summary>
    /// Its windows of memory, in the order of its registers; empty ranges for what are ports or
    /// nothing. It does not decode addresses while their sizes are asked for.
    /// </summary>
    internal List<PhysicalRange> Windows()
    {
        List<PhysicalRange> windows = [];
        uint command = PciConfiguration.Read(Address, CommandOffset);
        if ((_header & 0x7F) != 0 || (command & DecodesMemory) == 0)
            return windows;
        // The upper half is the status, of which a one clears a bit.
        command &= ushort.MaxValue;
        PciConfiguration.Write(Address, CommandOffset, command & ~DecodesAll);
        for (int i = 0; i < WindowWords; i++)
        {
            byte offset = (byte)(FirstWindowOffset + (i * sizeof(uint)));
            uint low = PciConfiguration.Read(Address, offset);
            bool isWide = (low & (IsPorts | Is64Bits)) == Is64Bits;
            windows.Add((low & IsPorts) != 0 ? default : Measure(offset, low, isWide));
            i += isWide ? 1 : 0;
        }
        PciConfiguration.Write(Address, CommandOffset, command);
        return windows;
    }

    // A register keeps only the bits of a multiple of the window's size.
    private PhysicalRange Measure(byte offset, uint low, bool isWide)
    {
        const ulong HighOnes = 0xFFFF_FFFF_0000_0000;
        ulong start = low & ~FlagBits;
        ulong kept = Probe(offset, low) & ~FlagBits;
        if (kept == 0 && !isWide)
            return default;
        if (isWide)
        {
            byte highOffset = (byte)(offset + sizeof(uint));
            uint high = PciConfiguration.Read(Address, highOffset);
            start |= (ulong)high << 32;
            kept |= (ulong)Probe(highOffset, high) << 32;
        }
        else
        {
            kept |= HighOnes;
        }
        return start == 0 || kept == 0 ? default : new PhysicalRange(start, 0 - kept);
    }

    private uint Probe(byte offset, uint value)
    {
        PciConfiguration.Write(Address, offset, uint.MaxValue);
        uint kept = PciConfiguration.Read(Address, offset);
        PciConfiguration.Write(Address, offset, value);
        return kept;
    }
}
