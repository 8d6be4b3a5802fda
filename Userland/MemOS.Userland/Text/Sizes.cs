using System.Globalization;

namespace MemOS.Userland.Text;

/// <summary>Sizes of memory as people read them.</summary>
public static class Sizes
{
    /// <summary>The size in the largest unit that leaves a figure of 1 or more: "1.5 MB".</summary>
    /// <param name="bytes">The size in bytes; a KB is 1024 of them.</param>
    public static string Of(ulong bytes)
    {
        if (bytes < 1024)
            return $"{bytes} B";
        string[] units = ["KB", "MB", "GB", "TB"];
        int unit = 0;
        // Counted in tenths, so that no floating point is needed to show one decimal.
        ulong tenths = bytes / 1024 * 10 + bytes % 1024 * 10 / 1024;
        while (tenths >= 10240 && unit < units.Length - 1)
        {
            tenths /= 1024;
            unit++;
        }
        string decimals = tenths % 10 == 0 ? "" : $".{tenths % 10}";
        return $"{(tenths / 10).ToString(CultureInfo.InvariantCulture)}{decimals} {units[unit]}";
    }

    /// <summary>A number with its thousands apart: "16,646".</summary>
    public static string Grouped(ulong value)
    {
        string digits = value.ToString(CultureInfo.InvariantCulture);
        for (int i = digits.Length - 3; i > 0; i -= 3)
            digits = digits.Insert(i, ",");
        return digits;
    }
}
