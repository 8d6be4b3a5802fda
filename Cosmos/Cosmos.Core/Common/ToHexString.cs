using System.Globalization;

namespace Cosmos.Common.Extensions;

/// <summary>Numbers as hexadecimal text, two digits a byte.</summary>
public static class ToHexString
{
    private const string DefaultPrefix = "0x";

    /// <summary>Two digits.</summary>
    public static string ToHex(this byte n) => n.ToHex(DefaultPrefix);

    /// <summary>Two digits after a prefix.</summary>
    public static string ToHex(this byte n, string aPrefix) => Format(n, 2, aPrefix);

    /// <summary>Four digits.</summary>
    public static string ToHex(this ushort n) => n.ToHex(DefaultPrefix);

    /// <summary>Four digits after a prefix.</summary>
    public static string ToHex(this ushort n, string aPrefix) => Format(n, 4, aPrefix);

    /// <summary>Four digits.</summary>
    public static string ToHex(this short n) => ((ushort)n).ToHex(DefaultPrefix);

    /// <summary>Eight digits.</summary>
    public static string ToHex(this uint n) => n.ToHex(DefaultPrefix);

    /// <summary>Eight digits after a prefix.</summary>
    public static string ToHex(this uint n, string aPrefix) => Format(n, 8, aPrefix);

    /// <summary>Eight digits.</summary>
    public static string ToHex(this int n) => ((uint)n).ToHex(DefaultPrefix);

    /// <summary>Eight digits after a prefix.</summary>
    public static string ToHex(this int n, string aPrefix) => ((uint)n).ToHex(aPrefix);

    /// <summary>Sixteen digits.</summary>
    public static string ToHex(this ulong n) => n.ToHex(DefaultPrefix);

    /// <summary>Sixteen digits after a prefix.</summary>
    public static string ToHex(this ulong n, string aPrefix) => Format(n, 16, aPrefix);

    /// <summary>Sixteen digits.</summary>
    public static string ToHex(this long n) => ((ulong)n).ToHex(DefaultPrefix);

    /// <summary>Sixteen digits.</summary>
    public static string ToHex(this nuint n) => ((ulong)n).ToHex(DefaultPrefix);

    private static string Format(ulong value, int digits, string prefix) =>
        prefix + value.ToString("X" + digits, CultureInfo.InvariantCulture);
}
