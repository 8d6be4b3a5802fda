namespace Cosmos.TestRunner.Engine.Machines;

/// <summary>How the machine finds the image: one hybrid file serves all three.</summary>
public enum BootMedium
{
    /// <summary>PC BIOS, El Torito CD.</summary>
    BiosCd,

    /// <summary>PC BIOS, the image as a raw hard disk.</summary>
    BiosDisk,

    /// <summary>UEFI, the image as a CD.</summary>
    Uefi,
}
