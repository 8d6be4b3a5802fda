using System.Collections.Generic;
using System.Linq;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Screens;

public sealed class Utf8DecoderTests
{
    // Bytes at which the limits of UTF-8 lie.
    private static readonly Gen<byte> _byte = Gen.Frequency(
        (1, Gen.Byte),
        (3, Gen.OneOfConst<byte>(
            0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0,
            0xE1, 0xED, 0xEE, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF)));

    [Fact]
    public void Any_bytes_decode_as_in_the_framework() =>
        _byte.Array[0, 40].Sample(
            bytes => Assert.Equal(
                Encoding.UTF8.GetString(bytes).EnumerateRunes().Select(rune => rune.Value),
                Decode(bytes)),
            iter: 3000, threads: 1);

    [Fact]
    public void Every_character_decodes_to_itself()
    {
        for (int value = 0; value <= 0x10FFFF; value += value < 0x3000 ? 1 : 251)
        {
            if (!Rune.IsValid(value))
                continue;
            byte[] bytes = Encoding.UTF8.GetBytes(new Rune(value).ToString());
            Assert.Equal(value, Assert.Single(Decode(bytes)));
        }
    }

    private static List<int> Decode(byte[] bytes)
    {
        Utf8Decoder decoder = default;
        List<int> decoded = [];
        foreach (byte value in bytes)
        {
            Utf8Step step = decoder.Take(value);
            if (step == Utf8Step.Interrupted)
            {
                decoded.Add(Rune.ReplacementChar.Value);
                step = decoder.Take(value);
            }
            if (step == Utf8Step.Complete)
                decoded.Add(decoder.CodePoint);
            else if (step == Utf8Step.Malformed)
                decoded.Add(Rune.ReplacementChar.Value);
        }
        if (decoder.IsInside)
            decoded.Add(Rune.ReplacementChar.Value);
        return decoded;
    }
}
