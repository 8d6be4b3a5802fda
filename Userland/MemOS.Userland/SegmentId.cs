using System.Globalization;

namespace MemOS.Userland;

/// <summary>
/// The number of a segment: never 0, never used again, not to be guessed. It is the same for all
/// who have the segment, and of no use to anyone else, so that it may be told in any way.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct SegmentId(ulong Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out SegmentId id)
    {
        bool isNumber = ulong.TryParse(text, NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out ulong value);
        id = new(value);
        return isNumber && value != 0;
    }
}
