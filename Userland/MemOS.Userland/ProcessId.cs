using System.Globalization;

namespace MemOS.Userland;

/// <summary>The number of a process: never 0, never used again.</summary>
/// <param name="Value">The number.</param>
public readonly record struct ProcessId(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what a person typed.</summary>
    public static bool TryParse(string text, out ProcessId id)
    {
        bool isNumber = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture,
            out ulong value);
        id = new(value);
        return isNumber && value != 0;
    }
}
