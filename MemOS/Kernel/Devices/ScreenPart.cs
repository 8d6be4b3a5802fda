namespace MemOS.Devices;

/// <summary>
/// How much of the screen is drawn at a time, in cells of about 1,000 instructions each.
/// </summary>
internal enum ScreenPart
{
    /// <summary>Beside a slice of a collection.</summary>
    Small = 40,

    /// <summary>All that one entry into the kernel has time for.</summary>
    Usual = 80,
}
