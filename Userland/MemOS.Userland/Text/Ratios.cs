using System.Globalization;

namespace MemOS.Userland.Text;

/// <summary>How figures compare.</summary>
public static class Ratios
{
    /// <summary>How many times a figure another one is, to a tenth: "10.8x".</summary>
    /// <param name="other">The figure to compare with; 0 if it is not known.</param>
    /// <param name="figure">The figure.</param>
    /// <returns>"-" where there is nothing to compare.</returns>
    public static string Of(ulong other, ulong figure)
    {
        if (other == 0 || figure == 0)
            return "-";
        ulong tenths = other / figure * 10 + other % figure * 10 / figure;
        string whole = (tenths / 10).ToString(CultureInfo.InvariantCulture);
        return $"{whole}.{tenths % 10}x";
    }
}
