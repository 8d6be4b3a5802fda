using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>A device as LIST_DEVICES tells it; 96 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1, Size = 96)]
public unsafe struct DeviceRecord
{
    /// <summary>Most windows that a device has.</summary>
    public const int Windows = 6;

    /// <summary>
    /// Its number (KDI), the same at every boot while the device stays where it is: kind (bits
    /// 56-63), vendor (32-47), device (16-31), bus (8-15), device on the bus (3-7), function (0-2).
    /// </summary>
    public ulong Kdi;

    /// <summary>Bytes of its memory that can be mapped: the sum of the windows.</summary>
    public ulong MemoryBytes;

    /// <summary>
    /// Sizes of its windows, one after the other in the device's memory; 0 for what is none.
    /// </summary>
    public fixed ulong WindowBytes[Windows];

    /// <summary>The maker's number; 0 for the screen.</summary>
    public ushort Vendor;

    /// <summary>The maker's number for the device; 0 for the screen.</summary>
    public ushort Device;

    /// <summary>Class (bits 16-23), subclass (8-15), interface (0-7) as PCI has them.</summary>
    public uint Class;

    /// <summary>Of a screen: pixels in a row.</summary>
    public uint Width;

    /// <summary>Of a screen: rows.</summary>
    public uint Height;

    /// <summary>Of a screen: bytes from one row to the next.</summary>
    public uint Pitch;

    /// <summary>What it is.</summary>
    public DeviceKind Kind;

    /// <summary>Of a screen: bits of a pixel.</summary>
    public byte BitsPerPixel;

    /// <summary>Of a screen: the lowest bit of red in a pixel.</summary>
    public byte RedPosition;

    /// <summary>Of a screen: the lowest bit of green.</summary>
    public byte GreenPosition;

    /// <summary>Of a screen: the lowest bit of blue.</summary>
    public byte BluePosition;

    /// <summary>Whether the caller may drive it.</summary>
    public Drivable Drivable;
}
