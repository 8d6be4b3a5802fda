using System;
using System.Globalization;
using System.Text;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Strings, characters, interpolation, StringBuilder, encodings.</summary>
internal static class StringTests
{
    public static TestSuite Suite => new TestSuite("Strings")
        .Add(nameof(Strings_join_and_compare), Strings_join_and_compare)
        .Add(nameof(Interpolation_formats_what_it_is_given),
            Interpolation_formats_what_it_is_given)
        .Add(nameof(Interpolation_aligns), Interpolation_aligns)
        .Add(nameof(Format_takes_arguments_by_number), Format_takes_arguments_by_number)
        .Add(nameof(Searching_finds_what_is_there), Searching_finds_what_is_there)
        .Add(nameof(Cutting_gives_the_parts), Cutting_gives_the_parts)
        .Add(nameof(Splitting_and_joining_are_inverse), Splitting_and_joining_are_inverse)
        .Add(nameof(Case_changes_are_invariant), Case_changes_are_invariant)
        .Add(nameof(Comparisons_are_ordinal_where_asked), Comparisons_are_ordinal_where_asked)
        .Add(nameof(Characters_are_classified), Characters_are_classified)
        .Add(nameof(StringBuilder_builds), StringBuilder_builds)
        .Add(nameof(StringBuilder_grows_to_any_size), StringBuilder_grows_to_any_size)
        .Add(nameof(Utf8_encodes_and_decodes), Utf8_encodes_and_decodes)
        .Add(nameof(Other_encodings_encode_and_decode), Other_encodings_encode_and_decode)
        .Add(nameof(Strings_are_immutable_and_interned), Strings_are_immutable_and_interned)
        .Add(nameof(Hex_and_base64_convert), Hex_and_base64_convert)
        .Add(nameof(Culture_is_invariant), Culture_is_invariant);

    private static void Strings_join_and_compare()
    {
        string hello = Opaque.Value("hello");
        Assert.AreEqual("hello world", hello + " " + "world");
        Assert.IsTrue(hello == "hel" + Opaque.Value("lo"), "by content");
        Assert.IsFalse(hello == "Hello", "case counts");
        Assert.AreEqual(5, hello.Length);
        Assert.AreEqual('e', hello[1]);
        Assert.AreEqual("aaa", new string('a', 3));
        Assert.AreEqual("1True" + "x", string.Concat(1, true, 'x'));
        Assert.IsTrue(string.IsNullOrWhiteSpace("  \t"), "blank");
    }

    private static void Interpolation_formats_what_it_is_given()
    {
        int number = Opaque.Value(42);
        string? none = Opaque.Value<string?>(null);
        Assert.AreEqual("42 and text and  and True",
            $"{number} and {"text"} and {none} and {number == 42}");
        Assert.AreEqual("0x2A 042 {42}", $"0x{number:X} {number:D3} {{{number}}}");
        Assert.AreEqual("x", $"{'x'}");
    }

    private static void Interpolation_aligns()
    {
        string word = Opaque.Value("ab");
        Assert.AreEqual("[   ab][ab   ]", $"[{word,5}][{word,-5}]");
        Assert.AreEqual("[  2A]", $"[{42,4:X}]");
    }

    private static void Format_takes_arguments_by_number()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        Assert.AreEqual("b a b", string.Format(invariant, "{1} {0} {1}", "a", "b"));
        Assert.AreEqual("1,234.50", string.Format(invariant, "{0:N2}", 1234.5));
        Assert.AreEqual("1 2 3 4", string.Format(invariant, "{0} {1} {2} {3}", 1, 2, 3, 4));
        Assert.Throws<FormatException>(() => _ = string.Format(invariant, "{1}", "a"));
    }

    private static void Searching_finds_what_is_there()
    {
        string text = Opaque.Value("the cat sat on the mat");
        Assert.AreEqual(4, text.IndexOf("cat", StringComparison.Ordinal));
        Assert.AreEqual(-1, text.IndexOf("dog", StringComparison.Ordinal));
        Assert.AreEqual(15, text.LastIndexOf("the", StringComparison.Ordinal));
        Assert.AreEqual(5, text.IndexOf('a'));
        Assert.IsTrue(text.StartsWith("the c", StringComparison.Ordinal), "starts");
        Assert.IsTrue(text.EndsWith("mat", StringComparison.Ordinal), "ends");
        Assert.IsTrue(text.Contains("SAT", StringComparison.OrdinalIgnoreCase), "contains");
        Assert.AreEqual(4, text.IndexOfAny(['c', 'm']));
    }

    private static void Cutting_gives_the_parts()
    {
        string text = Opaque.Value("  abcdef ");
        Assert.AreEqual("abcdef", text.Trim());
        Assert.AreEqual("abcdef ", text.TrimStart());
        Assert.AreEqual("cd", text.Trim().Substring(2, 2));
        Assert.AreEqual("ef", text.Trim()[^2..]);
        Assert.AreEqual("abXf", text.Trim().Replace("cde", "X", StringComparison.Ordinal));
        Assert.AreEqual("adef", text.Trim().Remove(1, 2));
        Assert.AreEqual("aZbcdef", text.Trim().Insert(1, "Z"));
        Assert.AreEqual("00042", "42".PadLeft(5, '0'));
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = text.Substring(100));
    }

    private static void Splitting_and_joining_are_inverse()
    {
        string[] parts = Opaque.Value("a,b,,c").Split(',');
        Assert.AreEqual(4, parts.Length);
        Assert.AreEqual("a|b||c", string.Join('|', parts));
        Assert.AreEqual(3,
            "a,b,,c".Split(',', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.AreEqual("1-2-3", string.Join("-", [1, 2, 3]));
        Assert.AreEqual(2, "one and two".Split(" and ").Length);
    }

    private static void Case_changes_are_invariant()
    {
        Assert.AreEqual("ÄÖ STRASSE", Opaque.Value("äö strasse").ToUpperInvariant());
        Assert.AreEqual("abc", Opaque.Value("ABC").ToLowerInvariant());
        Assert.AreEqual('I', char.ToUpperInvariant('i'));
    }

    private static void Comparisons_are_ordinal_where_asked()
    {
        Assert.IsTrue(string.CompareOrdinal("a", "b") < 0, "before");
        Assert.IsTrue(string.Compare("a", "B", StringComparison.OrdinalIgnoreCase) < 0, "before");
        Assert.IsTrue(string.Equals("ABC", "abc", StringComparison.OrdinalIgnoreCase), "equal");
        Assert.AreEqual(
            "hash".GetHashCode(StringComparison.Ordinal),
            ("ha" + Opaque.Value("sh")).GetHashCode(StringComparison.Ordinal));
    }

    private static void Characters_are_classified()
    {
        Assert.IsTrue(char.IsDigit('7'), "digit");
        Assert.IsTrue(char.IsLetter('ß'), "letter");
        Assert.IsTrue(char.IsUpper('Ä'), "upper");
        Assert.IsTrue(char.IsWhiteSpace('\t'), "space");
        Assert.IsFalse(char.IsLetterOrDigit('-'), "neither");
        Assert.AreEqual(7.0, char.GetNumericValue('7'));
    }

    private static void StringBuilder_builds()
    {
        StringBuilder builder = new("ab");
        builder.Append(1).Append('c').Append(2.5.ToString(CultureInfo.InvariantCulture));
        builder.Append(CultureInfo.InvariantCulture, $" {7:D3}").Insert(0, "<").Append('>');
        Assert.AreEqual("<ab1c2.5 007>", builder.ToString());
        builder.Replace("ab", "xyz").Remove(0, 1);
        Assert.AreEqual("xyz1c2.5 007>", builder.ToString());
        builder.Length = 3;
        Assert.AreEqual("xyz", builder.ToString());
    }

    private static void StringBuilder_grows_to_any_size()
    {
        StringBuilder builder = new();
        for (int i = 0; i < 10_000; i++) builder.Append(i % 10);
        string text = builder.ToString();
        Assert.AreEqual(10_000, text.Length);
        Assert.AreEqual("6789", text[^4..]);
    }

    private static void Utf8_encodes_and_decodes()
    {
        string text = Opaque.Value("aä€😀");
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.AreEqual("61C3A4E282ACF09F9880", Convert.ToHexString(bytes));
        Assert.AreEqual(text, Encoding.UTF8.GetString(bytes));
        Assert.AreEqual("a\uFFFD", Encoding.UTF8.GetString([0x61, 0xFF]));
        Assert.AreEqual(3, "€"u8.Length);
        Assert.AreEqual(text, Encoding.UTF8.GetString(text.Length == 5 ? bytes : []));
    }

    private static void Other_encodings_encode_and_decode()
    {
        Assert.AreEqual("A?", Encoding.ASCII.GetString(Encoding.ASCII.GetBytes("Aä")));
        Assert.AreEqual("41E4", Convert.ToHexString(Encoding.Latin1.GetBytes("Aä")));
        Assert.AreEqual("4100AC20", Convert.ToHexString(Encoding.Unicode.GetBytes("A€")));
    }

    private static void Strings_are_immutable_and_interned()
    {
        string text = "constant";
        string upper = text.ToUpperInvariant();
        Assert.AreEqual("constant", text);
        Assert.AreEqual("CONSTANT", upper);
        Assert.IsTrue(ReferenceEquals(text, Opaque.Value("constant")), "one literal");
        Assert.IsTrue(ReferenceEquals(string.Empty, ""), "one empty string");
    }

    private static void Hex_and_base64_convert()
    {
        byte[] bytes = [0, 1, 254, 255];
        Assert.AreEqual("0001FEFF", Convert.ToHexString(bytes));
        Assert.AreEqual(bytes, Convert.FromHexString("0001feff"));
        Assert.AreEqual("AAH+/w==", Convert.ToBase64String(bytes));
        Assert.AreEqual(bytes, Convert.FromBase64String("AAH+/w=="));
    }

    private static void Culture_is_invariant()
    {
        Assert.AreEqual("1.5", 1.5.ToString(CultureInfo.CurrentCulture));
        Assert.AreEqual("", CultureInfo.CurrentCulture.Name);
        Assert.AreEqual(".", NumberFormatInfo.CurrentInfo.NumberDecimalSeparator);
    }
}
