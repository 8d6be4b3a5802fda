using System.Globalization;

namespace MemOS.Userland;

/// <summary>The number of a device (KDI): the same at every boot while it stays where it is.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct DeviceId(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);
}
