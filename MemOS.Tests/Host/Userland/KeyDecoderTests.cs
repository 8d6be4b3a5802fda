using System;
using System.Collections.Generic;
using System.Text;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Userland;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("a", ConsoleKey.A, 'a')]
    [InlineData("\r", ConsoleKey.Enter, '\r')]
    [InlineData("\n", ConsoleKey.Enter, '\r')]
    [InlineData("\u007F", ConsoleKey.Backspace, '\b')]
    [InlineData("\u001B[A", ConsoleKey.UpArrow, '\0')]
    [InlineData("\u001BOH", ConsoleKey.Home, '\0')]
    [InlineData("\u001B[4~", ConsoleKey.End, '\0')]
    [InlineData("\u001B[3~", ConsoleKey.Delete, '\0')]
    [InlineData("\u001B[15~", ConsoleKey.F5, '\0')]
    [InlineData("\t", ConsoleKey.Tab, '\t')]
    [InlineData("\u001B[Z", ConsoleKey.Tab, '\t')]
    [InlineData("\u001BOP", ConsoleKey.F1, '\0')]
    [InlineData("\u001B[[E", ConsoleKey.F5, '\0')]
    [InlineData("\u001B[26~", ConsoleKey.F14, '\0')]
    [InlineData("\u001B[34~", ConsoleKey.F20, '\0')]
    [InlineData("\u001BOM", ConsoleKey.Enter, '\r')]
    [InlineData("\u001BOs", ConsoleKey.D3, '3')]
    [InlineData("ä", ConsoleKey.None, 'ä')]
    [InlineData("€", ConsoleKey.None, '€')]
    public void A_key_is_known_by_its_bytes(string bytes, ConsoleKey key, char character)
    {
        ConsoleKeyInfo decoded = Assert.Single(Decode(Encoding.UTF8.GetBytes(bytes)));
        Assert.Equal(key, decoded.Key);
        Assert.Equal(character, decoded.KeyChar);
    }

    [Fact]
    public void Control_with_a_letter_says_so()
    {
        ConsoleKeyInfo key = Assert.Single(Decode([3]));
        Assert.Equal((ConsoleKey.C, ConsoleModifiers.Control), (key.Key, key.Modifiers));
    }

    [Fact]
    public void Modifiers_of_a_sequence_are_decoded()
    {
        ConsoleKeyInfo key = Assert.Single(Decode("\u001B[1;5D"u8));
        Assert.Equal((ConsoleKey.LeftArrow, ConsoleModifiers.Control), (key.Key, key.Modifiers));
    }

    [Theory]
    [InlineData("\u001B[Z", ConsoleKey.Tab, ConsoleModifiers.Shift)]
    [InlineData("\u001B[3;2~", ConsoleKey.Delete, ConsoleModifiers.Shift)]
    [InlineData("\u001B[1;9A", ConsoleKey.UpArrow, ConsoleModifiers.Alt)]
    [InlineData("\u001Bx", ConsoleKey.X, ConsoleModifiers.Alt)]
    [InlineData("\u001B\u007F", ConsoleKey.Backspace, ConsoleModifiers.Alt)]
    [InlineData("\0", ConsoleKey.Spacebar, ConsoleModifiers.Control)]
    [InlineData("\u001A", ConsoleKey.Z, ConsoleModifiers.Control)]
    public void What_is_held_with_a_key_is_known(
        string bytes, ConsoleKey key, ConsoleModifiers modifiers)
    {
        ConsoleKeyInfo decoded = Assert.Single(Decode(Encoding.UTF8.GetBytes(bytes)));
        Assert.Equal((key, modifiers), (decoded.Key, decoded.Modifiers));
    }

    [Theory]
    [InlineData("\u001B[", '[')]
    [InlineData("\u001BO", 'O')]
    public void A_pause_makes_what_could_have_begun_a_sequence_a_key_with_alt(
        string bytes, char character)
    {
        KeyDecoder decoder = new();
        foreach (byte value in Encoding.UTF8.GetBytes(bytes))
            Assert.False(decoder.Feed(value, out _));
        Assert.True(decoder.Pause(out ConsoleKeyInfo key));
        Assert.Equal(character, key.KeyChar);
        Assert.True(key.Modifiers.HasFlag(ConsoleModifiers.Alt));
    }

    [Fact]
    public void Escape_pressed_twice_is_two_keys()
    {
        KeyDecoder decoder = new();
        Assert.False(decoder.Feed(0x1B, out _));
        Assert.True(decoder.Feed(0x1B, out ConsoleKeyInfo first));
        Assert.True(decoder.Pause(out ConsoleKeyInfo second));
        Assert.Equal((ConsoleKey.Escape, ConsoleKey.Escape), (first.Key, second.Key));
    }

    [Theory]
    [InlineData("\u001B[999;999;999;999z")]
    [InlineData("\u001B[?1;2c")]
    [InlineData("\u001B[M")]
    public void An_unknown_sequence_is_swallowed_whole(string sequence)
    {
        ConsoleKeyInfo key = Assert.Single(Decode(Encoding.UTF8.GetBytes(sequence + "x")));
        Assert.Equal('x', key.KeyChar);
    }

    [Fact]
    public void A_pause_makes_a_lone_escape_the_escape_key()
    {
        KeyDecoder decoder = new();
        Assert.False(decoder.Feed(0x1B, out _));
        Assert.True(decoder.IsInsideKey);
        Assert.True(decoder.Pause(out ConsoleKeyInfo key));
        Assert.Equal(ConsoleKey.Escape, key.Key);
        Assert.False(decoder.Pause(out _));
    }

    [Fact]
    public void Broken_utf8_loses_only_itself()
    {
        List<ConsoleKeyInfo> keys = Decode([0xC3, (byte)'a', 0xFF, 0xE2, 0x82, (byte)'b', 0x80]);
        Assert.Equal("ab", string.Concat(keys.ConvertAll(k => k.KeyChar)));
    }

    [Fact]
    public void An_overlong_character_is_no_key() => Assert.Empty(Decode([0xE0, 0x80, 0xAF]));

    [Fact]
    public void After_any_bytes_a_pause_brings_typing_back() =>
        Gen.Byte.Array[0, 64].Sample(bytes =>
        {
            KeyDecoder decoder = new();
            foreach (byte value in bytes)
                decoder.Feed(value, out _);
            decoder.Pause(out _);
            return decoder.Feed((byte)'q', out ConsoleKeyInfo key) && key.KeyChar == 'q';
        });

    private static List<ConsoleKeyInfo> Decode(ReadOnlySpan<byte> bytes)
    {
        KeyDecoder decoder = new();
        List<ConsoleKeyInfo> keys = [];
        foreach (byte value in bytes)
        {
            if (decoder.Feed(value, out ConsoleKeyInfo key))
                keys.Add(key);
        }
        return keys;
    }
}
