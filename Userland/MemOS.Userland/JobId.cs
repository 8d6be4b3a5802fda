using System.Globalization;

namespace MemOS.Userland;

/// <summary>The number of a job: never 0, never used again.</summary>
/// <param name="Value">The number.</param>
public readonly record struct JobId(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what a person typed.</summary>
    public static bool TryParse(string text, out JobId id)
    {
        bool isNumber = ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture,
            out ulong value);
        id = new(value);
        return isNumber && value != 0;
    }
}
