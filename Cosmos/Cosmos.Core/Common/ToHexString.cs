using System.Globalization;

namespace Cosmos.Common.Extensions;

/// <summary>
/// Numbers as hexadecimal text in capitals, without a prefix, with the widths that gen2 has:
/// a number is filled up with zeros and never cut.
/// </summary>
public static class ToHexString
{
    private const int ByteDigits = 2;
    private const int ShortDigits = 4;
    // Not eight: gen2 fills an int up to four digits, and kernels' output relies on it.
    private const int IntDigits = 4;
    private const int UIntDigits = 8;
    private const int LongDigits = 16;

    /// <summary>Two digits.</summary>
    public static string ToHex(this byte n) => Format(n, ByteDigits);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this byte n, int aWidth) => Format(n, aWidth);

    /// <summary>Four digits.</summary>
    public static string ToHex(this ushort n) => Format(n, ShortDigits);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this ushort n, int aWidth) => Format(n, aWidth);

    /// <summary>At least four digits.</summary>
    public static string ToHex(this int n) => Format((uint)n, IntDigits);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this int n, int aWidth) => Format((uint)n, aWidth);

    /// <summary>Eight digits.</summary>
    public static string ToHex(this uint aValue) => Format(aValue, UIntDigits);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this uint aValue, int aWidth) => Format(aValue, aWidth);

    /// <summary>Sixteen digits, or as many as the number needs.</summary>
    /// <param name="aValue">The number.</param>
    /// <param name="withPadding">Whether there are zeros in front.</param>
    public static string ToHex(this ulong aValue, bool withPadding = true) =>
        Format(aValue, withPadding ? LongDigits : 1);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this ulong aValue, int aWidth) => Format(aValue, aWidth);

    /// <summary>Sixteen digits: an address is as wide as this machine's.</summary>
    public static string ToHex(this nuint aValue) => Format(aValue, LongDigits);

    /// <summary>As many digits as asked for, or more where the number needs them.</summary>
    public static string ToHex(this nuint aValue, int aWidth) => Format(aValue, aWidth);

    /// <summary>The digit of a value from 0 to 15, or a blank for any other.</summary>
    public static char DigitToHexChar(byte d) =>
        d < 16 ? "0123456789ABCDEF"[d] : ' ';

    private static string Format(ulong value, int width) =>
        value.ToString("X", CultureInfo.InvariantCulture).PadLeft(width, '0');
}
