using System.Globalization;

namespace MemOS.Userland;

/// <summary>
/// An address in some process: a number to show or compare, not a pointer to use.
/// </summary>
/// <param name="Value">The number.</param>
public readonly record struct Address(ulong Value)
{
    /// <summary>The address of an object that does not move.</summary>
    public static unsafe Address Of(void* pointer) => new((ulong)pointer);

    /// <summary>As people read it: "0x2f31_8000_1000", or all sixteen digits above that.</summary>
    public override string ToString()
    {
        string digits = Value.ToString(Value >> 48 == 0 ? "x12" : "x16",
            CultureInfo.InvariantCulture);
        for (int i = digits.Length - 4; i > 0; i -= 4)
            digits = digits.Insert(i, "_");
        return "0x" + digits;
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out Address address)
    {
        string digits = text.Replace("_", "").Replace("0x", "");
        bool isNumber = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out ulong value);
        address = new(value);
        return isNumber;
    }
}
