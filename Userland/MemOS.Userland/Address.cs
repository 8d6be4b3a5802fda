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

    /// <summary>
    /// As people read it: "2f31_8000_1000"; 12 digits, or 14 with five levels of page tables, or
    /// all 16 above what is a process's.
    /// </summary>
    public string Digits
    {
        get
        {
            string format = Value >> 48 == 0 ? "x12" : Value >> 56 == 0 ? "x14" : "x16";
            string digits = Value.ToString(format, CultureInfo.InvariantCulture);
            for (int i = digits.Length - 4; i > 0; i -= 4)
                digits = digits.Insert(i, "_");
            return digits;
        }
    }

    /// <summary>The digits, marked as hexadecimal: "0x2f31_8000_1000".</summary>
    public override string ToString() => "0x" + Digits;

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
