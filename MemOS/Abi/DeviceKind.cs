namespace MemOS.Abi;

/// <summary>How a device was found.</summary>
public enum DeviceKind : byte
{
    /// <summary>The screen that the boot loader set up.</summary>
    Screen = 1,

    /// <summary>A function on a PCI bus.</summary>
    PciFunction = 2,
}
