using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Screens;

public sealed class EscapeScreenProperties
{
    private const int Columns = 9;
    private const int Rows = 5;

    // Noise alone hardly ever makes a sequence: what sequences are made of comes often.
    private static readonly Gen<byte[]> _bytes = Gen.Frequency(
        (2, Gen.Byte.Select(b => new[] { b })),
        (3, Gen.OneOfConst("ab;09?:$\n\r\t\b\u001B\u0018"u8.ToArray()).Select(b => new[] { b })),
        (3, Gen.OneOfConst("\u001B[", "\u001B]", "\u001B", "é", "€", "\U0001F600", "abcdefghi")
            .Select(Encoding.UTF8.GetBytes)),
        (2, Gen.Select(
            Gen.OneOfConst("", "?"), Gen.Int[0, 12], Gen.Int[0, 12],
            Gen.OneOfConst("ABCDEFGHfdJKmsuhl".ToCharArray()),
            (mark, a, b, final) => Encoding.ASCII.GetBytes($"\u001B[{mark}{a};{b}{final}"))))
        .Array[0, 60].Select(parts => parts.SelectMany(part => part).ToArray());

    [Fact]
    public void Any_bytes_leave_the_cursor_on_the_screen() =>
        Gen.Select(_bytes, Gen.Int[1, Columns], Gen.Int[1, Rows]).Sample(
            (bytes, columns, rows) =>
            {
                // The surface itself insists on its bounds.
                FakeSurface surface = new(columns, rows);
                new EscapeScreen(surface).Write(bytes);
            },
            iter: 1000, threads: 1);

    [Fact]
    public void Text_may_be_cut_anywhere() =>
        _bytes.Sample(
            bytes =>
            {
                string whole = Show(bytes, bytes.Length);
                for (int cut = 0; cut < bytes.Length; cut++)
                    Assert.Equal(whole, Show(bytes, cut));
            },
            iter: 30, threads: 1);

    [Fact]
    public void After_a_reset_the_screen_works_whatever_was_written() =>
        _bytes.Sample(
            bytes =>
            {
                FakeSurface surface = new(Columns, Rows);
                EscapeScreen screen = new(surface);
                screen.Write(bytes);
                screen.Write("\u0018\u001Bcready"u8);
                Assert.Equal("ready", surface.Text);
            },
            iter: 300, threads: 1);

    [Fact]
    public void Plain_text_shows_the_last_rows_of_its_wrapped_lines() =>
        Gen.Char["ab\n"].Array[0, 120].Select(text => new string(text)).Sample(
            text =>
            {
                FakeSurface surface = new(Columns, Rows);
                new EscapeScreen(surface).Write(Encoding.ASCII.GetBytes(text));
                List<string> rows = [.. text.Split('\n').SelectMany(Wrap)];
                string shown = string.Join('\n', rows.TakeLast(Rows)).TrimEnd('\n');
                Assert.Equal(shown, surface.Text);
            },
            iter: 300, threads: 1);

    private static IEnumerable<string> Wrap(string line)
    {
        for (int at = 0; at == 0 || at < line.Length; at += Columns)
            yield return line[at..Math.Min(at + Columns, line.Length)];
    }

    private static string Show(byte[] bytes, int cut)
    {
        FakeSurface surface = new(Columns, Rows);
        EscapeScreen screen = new(surface);
        screen.Write(bytes.AsSpan(0, cut));
        screen.Write(bytes.AsSpan(cut));
        return surface.Picture;
    }
}
