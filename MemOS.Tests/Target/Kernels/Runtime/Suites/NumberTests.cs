using System;
using System.Globalization;
using System.Numerics;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Arithmetic, parsing, formatting, conversion.</summary>
internal static class NumberTests
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static TestSuite Suite => new TestSuite("Numbers")
        .Add(nameof(Integers_are_parsed), Integers_are_parsed)
        .Add(nameof(Integers_are_formatted), Integers_are_formatted)
        .Add(nameof(Doubles_are_formatted), Doubles_are_formatted)
        .Add(nameof(Doubles_round_trip_through_text), Doubles_round_trip_through_text)
        .Add(nameof(Floating_point_follows_IEEE_754), Floating_point_follows_IEEE_754)
        .Add(nameof(Floating_point_converts_to_integers), Floating_point_converts_to_integers)
        .Add(nameof(Unsigned_64_bit_arithmetic_works), Unsigned_64_bit_arithmetic_works)
        .Add(nameof(Arithmetic_of_128_bits_works), Arithmetic_of_128_bits_works)
        .Add(nameof(Signed_division_rounds_to_zero), Signed_division_rounds_to_zero)
        .Add(nameof(Shifts_and_bit_counts_work), Shifts_and_bit_counts_work)
        .Add(nameof(Decimals_are_exact), Decimals_are_exact)
        .Add(nameof(Mathematics_works), Mathematics_works)
        .Add(nameof(Convert_converts), Convert_converts)
        .Add(nameof(Small_types_wrap_around), Small_types_wrap_around)
        .Add(nameof(BigInteger_has_no_limit), BigInteger_has_no_limit);

    private static void Integers_are_parsed()
    {
        Assert.AreEqual(-123, int.Parse("-123", Invariant));
        Assert.AreEqual(ulong.MaxValue, ulong.Parse("18446744073709551615", Invariant));
        Assert.AreEqual(255, int.Parse("ff", NumberStyles.HexNumber, Invariant));
        Assert.AreEqual(5, byte.Parse("101", NumberStyles.BinaryNumber, Invariant));
        Assert.IsFalse(int.TryParse("12x", out _), "not a number");
        Assert.Throws<FormatException>(() => int.Parse("", Invariant));
        Assert.Throws<OverflowException>(() => int.Parse("2147483648", Invariant));
    }

    private static void Integers_are_formatted()
    {
        Assert.AreEqual("-2147483648", int.MinValue.ToString(Invariant));
        Assert.AreEqual("18446744073709551615", ulong.MaxValue.ToString(Invariant));
        Assert.AreEqual("00ff", 255.ToString("x4", Invariant));
        Assert.AreEqual("1,234,567", 1234567.ToString("N0", Invariant));
        Assert.AreEqual("11111111", ((byte)255).ToString("B", Invariant));
        Assert.AreEqual("FFFFFFFFFFFFFFFF", (-1L).ToString("X", Invariant));
    }

    private static void Doubles_are_formatted()
    {
        Assert.AreEqual("0.1", Opaque.Value(0.1).ToString(Invariant));
        Assert.AreEqual("3.14", Opaque.Value(3.14159).ToString("F2", Invariant));
        Assert.AreEqual("1E+20", Opaque.Value(1e20).ToString(Invariant));
        Assert.AreEqual("1.234500E+003", 1234.5.ToString("E", Invariant));
        Assert.AreEqual("NaN", double.NaN.ToString(Invariant));
        Assert.AreEqual("-Infinity", double.NegativeInfinity.ToString(Invariant));
        Assert.AreEqual("12.50 %", 0.125.ToString("P2", Invariant));
        Assert.AreEqual("0.33333334", (1f / Opaque.Value(3f)).ToString(Invariant));
    }

    private static void Doubles_round_trip_through_text()
    {
        double[] samples =
        [
            0.1, 1.0 / 3, Math.PI, 1e-300, double.Epsilon, double.MaxValue, -123456.789,
            9007199254740993, 5e-324, 2.2250738585072014e-308,
        ];
        foreach (double sample in samples)
        {
            string text = sample.ToString("R", Invariant);
            Assert.AreEqual(sample, double.Parse(text, Invariant), text);
        }

        Assert.AreEqual(-0.5f, float.Parse("-5e-1", Invariant));
    }

    private static void Floating_point_follows_IEEE_754()
    {
        double zero = Opaque.Value(0.0);
        Assert.IsTrue(double.IsNaN(zero / zero), "0/0");
        Assert.IsFalse(Opaque.Value(double.NaN) == double.NaN, "unordered");
        Assert.IsTrue(double.IsNegative(-zero), "negative zero");
        Assert.IsTrue(Opaque.Value(0.1) + 0.2 != 0.3, "binary fractions");
        Assert.AreEqual(4607182418800017408L, BitConverter.DoubleToInt64Bits(1.0));
        Assert.AreEqual(0.30000001192092896, (double)Opaque.Value(0.3f));
    }

    private static void Floating_point_converts_to_integers()
    {
        Assert.AreEqual(-3, (int)Opaque.Value(-3.99));
        Assert.AreEqual(1UL << 63, (ulong)Opaque.Value(9223372036854775808.0));
        Assert.AreEqual(1.8446744073709552E+19, (double)Opaque.Value(ulong.MaxValue));
        Assert.Throws<OverflowException>(() => _ = checked((int)Opaque.Value(1e10)));
    }

    private static void Unsigned_64_bit_arithmetic_works()
    {
        ulong large = Opaque.Value(0xFEDCBA9876543210UL);
        Assert.AreEqual(0x542FCEAUL, large / 0x3070000003UL);
        Assert.AreEqual(0x12068B3B52UL, large % 0x3070000003UL);
        Assert.AreEqual(0x236D88FE5618CF00UL, unchecked(large * 0x123456789ABCDEF0UL));
        ulong high = Math.BigMul(large, 0x123456789ABCDEF0UL, out ulong low);
        Assert.AreEqual(0x121FA00AD77D7422UL, high);
        Assert.AreEqual(0x236D88FE5618CF00UL, low);
        Assert.IsTrue(large > long.MaxValue, "unsigned comparison");
    }

    private static void Arithmetic_of_128_bits_works()
    {
        UInt128 product = (UInt128)Opaque.Value(ulong.MaxValue) * ulong.MaxValue;
        Assert.AreEqual("340282366920938463426481119284349108225", product.ToString(Invariant));
        Assert.AreEqual((UInt128)ulong.MaxValue, product / ulong.MaxValue);
        Assert.AreEqual((UInt128)25, product % 100);
        Assert.AreEqual((ulong)0xFFFFFFFFFFFFFFFE, (ulong)(product >> 64));
        Int128 negative = -(Int128)Opaque.Value(long.MaxValue) * 4;
        Assert.AreEqual("-36893488147419103228", negative.ToString(Invariant));
        Assert.AreEqual((Int128)long.MaxValue, negative / -4);
        Assert.AreEqual(Int128.Parse("-36893488147419103228", Invariant), negative);
    }

    private static void Signed_division_rounds_to_zero()
    {
        Assert.AreEqual(-3, Opaque.Value(-7) / 2);
        Assert.AreEqual(-1, Opaque.Value(-7) % 2);
        Assert.AreEqual(1L, Opaque.Value(7L) % -2);
        Assert.AreEqual((-3, -1), Math.DivRem(Opaque.Value(-7), 2));
    }

    private static void Shifts_and_bit_counts_work()
    {
        Assert.AreEqual(-2, Opaque.Value(-8) >> 2);
        Assert.AreEqual(0x3FFFFFFE, Opaque.Value(-8) >>> 2);
        Assert.AreEqual(2, 1 << Opaque.Value(33));
        Assert.AreEqual(5, BitOperations.PopCount(0b1011_0011u));
        Assert.AreEqual(35, BitOperations.LeadingZeroCount(0x1000_0000UL));
        Assert.AreEqual(28, BitOperations.TrailingZeroCount(0x1000_0000UL));
        Assert.AreEqual(0x1234_5678u, BitOperations.RotateLeft(0x8123_4567u, 4));
    }

    private static void Decimals_are_exact()
    {
        decimal tenth = Opaque.Value(0.1m);
        Assert.IsTrue(tenth + 0.2m == 0.3m, "decimal fractions");
        Assert.AreEqual("79228162514264337593543950335", decimal.MaxValue.ToString(Invariant));
        Assert.AreEqual("0.3333333333333333333333333333", (1m / 3).ToString(Invariant));
        Assert.AreEqual(12.35m, decimal.Round(12.345m, 2, MidpointRounding.AwayFromZero));
    }

    private static void Mathematics_works()
    {
        Assert.AreEqual(1.4142135623730951, Math.Sqrt(Opaque.Value(2.0)));
        Assert.AreEqual(3.0, Math.Floor(Opaque.Value(3.7)));
        Assert.AreEqual(4.0, Math.Ceiling(Opaque.Value(3.2)));
        Assert.AreEqual(2.0, Math.Round(Opaque.Value(2.5)));
        Assert.AreEqual(7, Math.Clamp(Opaque.Value(99), 0, 7));
        Assert.AreEqual(5, Math.Abs(Opaque.Value(-5)));
        Assert.AreEqual(-1, Math.Sign(Opaque.Value(-2.5)));
        Assert.AreEqual(2.5, Math.Max(Opaque.Value(1.5), 2.5));
    }

    private static void Convert_converts()
    {
        Assert.AreEqual(42, Convert.ToInt32("42", Invariant));
        Assert.AreEqual(255, Convert.ToInt32("ff", 16));
        Assert.AreEqual("1010", Convert.ToString(10, 2));
        Assert.AreEqual(2, Convert.ToInt32(2.5));
        Assert.AreEqual(4, Convert.ToInt32(3.5));
        Assert.IsTrue(Convert.ToBoolean("true", Invariant), "true");
        Assert.AreEqual("3.5", Convert.ToString(3.5, Invariant));
        Assert.Throws<OverflowException>(() => Convert.ToByte(Opaque.Value(256)));
    }

    private static void Small_types_wrap_around()
    {
        byte number = Opaque.Value((byte)250);
        number += 10;
        Assert.AreEqual(4, number);
        Assert.AreEqual(-1, (sbyte)Opaque.Value(255));
        Assert.AreEqual(0xFFFE, (ushort)Opaque.Value(-2));
        Assert.AreEqual((short)-32768, unchecked((short)(Opaque.Value((short)32767) + 1)));
        Assert.AreEqual('B', (char)(Opaque.Value('A') + 1));
    }

    private static void BigInteger_has_no_limit()
    {
        BigInteger factorial = BigInteger.One;
        for (int i = 2; i <= 30; i++) factorial *= i;
        Assert.AreEqual("265252859812191058636308480000000", factorial.ToString(Invariant));
        Assert.AreEqual(BigInteger.Parse("265252859812191058636308480000000", Invariant),
            factorial);
    }
}
