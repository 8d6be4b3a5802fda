using System.Globalization;

namespace Cosmos.Common.Extensions;

/// <summary>Numbers as hexadecimal text in capitals, without a prefix.</summary>
public static class ToHexString
{
    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this byte n) => Format(n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this byte n, int aWidth) => Format(n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this ushort n) => Format(n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this ushort n, int aWidth) => Format(n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this short n) => Format((ushort)n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this short n, int aWidth) => Format((ushort)n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this uint n) => Format(n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this uint n, int aWidth) => Format(n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this int n) => Format((uint)n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this int n, int aWidth) => Format((uint)n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this ulong n) => Format(n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this ulong n, int aWidth) => Format(n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this long n) => Format((ulong)n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this long n, int aWidth) => Format((ulong)n, aWidth);

    /// <summary>As many digits as the number needs.</summary>
    public static string ToHex(this nuint n) => Format(n, 1);

    /// <summary>Digits with zeros in front, as wide as asked for at least.</summary>
    public static string ToHex(this nuint n, int aWidth) => Format(n, aWidth);

    private static string Format(ulong value, int width) =>
        value.ToString("X", CultureInfo.InvariantCulture).PadLeft(width, '0');
}
