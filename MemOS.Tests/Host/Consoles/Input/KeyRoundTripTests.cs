using System;
using System.Collections.Generic;
using Cosmos.System;
using MemOS.Consoles;
using MemOS.Userland.Terminal;

namespace MemOS.Tests.Host.Consoles.Input;

/// <summary>What the kernel sends for a key, programs take for the same key.</summary>
public sealed class KeyRoundTripTests
{
    private const ConsoleModifiers AltGr = ConsoleModifiers.Alt | ConsoleModifiers.Control;

    [Fact]
    public void Programs_know_every_key_that_types_nothing()
    {
        Dictionary<ConsoleKeyEx, ConsoleKey> keys = new()
        {
            [ConsoleKeyEx.UpArrow] = ConsoleKey.UpArrow,
            [ConsoleKeyEx.DownArrow] = ConsoleKey.DownArrow,
            [ConsoleKeyEx.LeftArrow] = ConsoleKey.LeftArrow,
            [ConsoleKeyEx.RightArrow] = ConsoleKey.RightArrow,
            [ConsoleKeyEx.Home] = ConsoleKey.Home,
            [ConsoleKeyEx.End] = ConsoleKey.End,
            [ConsoleKeyEx.Insert] = ConsoleKey.Insert,
            [ConsoleKeyEx.Delete] = ConsoleKey.Delete,
            [ConsoleKeyEx.PageUp] = ConsoleKey.PageUp,
            [ConsoleKeyEx.PageDown] = ConsoleKey.PageDown,
        };
        for (int i = 0; i < 12; i++)
            keys[ConsoleKeyEx.F1 + i] = ConsoleKey.F1 + i;

        foreach ((ConsoleKeyEx sent, ConsoleKey known) in keys)
        {
            for (ConsoleModifiers held = 0; (int)held < 8; held++)
            {
                ConsoleKeyInfo key = RoundTrip(new KeyPress('\0', sent, held));
                Assert.Equal((known, held), (key.Key, key.Modifiers));
            }
        }
    }

    [Theory]
    [InlineData('a', ConsoleKeyEx.A, ConsoleModifiers.None, ConsoleKey.A)]
    [InlineData('\n', ConsoleKeyEx.Enter, ConsoleModifiers.None, ConsoleKey.Enter)]
    [InlineData('\b', ConsoleKeyEx.Backspace, ConsoleModifiers.None, ConsoleKey.Backspace)]
    [InlineData('b', ConsoleKeyEx.B, ConsoleModifiers.Alt, ConsoleKey.B)]
    [InlineData('\u0003', ConsoleKeyEx.C, ConsoleModifiers.Control, ConsoleKey.C)]
    [InlineData('€', ConsoleKeyEx.E, AltGr, ConsoleKey.None)]
    public void Programs_know_keys_that_type(
        char symbol, ConsoleKeyEx sent, ConsoleModifiers held, ConsoleKey known)
    {
        ConsoleKeyInfo key = RoundTrip(new KeyPress(symbol, sent, held));
        ConsoleModifiers kept = known == ConsoleKey.None ? 0 : held;
        Assert.Equal((known, kept), (key.Key, key.Modifiers));
    }

    private static ConsoleKeyInfo RoundTrip(KeyPress press)
    {
        byte[] bytes = new byte[KeyEncoder.LongestSequence];
        int length = KeyEncoder.Encode(press, bytes);
        KeyDecoder decoder = new();
        List<ConsoleKeyInfo> keys = [];
        for (int i = 0; i < length; i++)
        {
            if (decoder.Feed(bytes[i], out ConsoleKeyInfo key))
                keys.Add(key);
        }
        Assert.False(decoder.IsInsideKey);
        return Assert.Single(keys);
    }
}
