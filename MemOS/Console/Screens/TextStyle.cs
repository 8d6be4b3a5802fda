using System;
using Cosmos.System.Screens;

namespace MemOS.Consoles;

/// <summary>How characters are drawn.</summary>
/// <param name="Foreground">Their colour.</param>
/// <param name="Background">The colour around them.</param>
/// <param name="Rendition">What else is done to them.</param>
internal readonly record struct TextStyle(
    ConsoleColor Foreground, ConsoleColor Background, Rendition Rendition)
{
    private const int Bright = 8;

    /// <summary>Light grey on black.</summary>
    internal static TextStyle Usual { get; } =
        new(ConsoleColor.Gray, ConsoleColor.Black, Rendition.Plain);

    /// <summary>An empty cell; erasing uses the colour of the background.</summary>
    internal Cell Blank => new(' ', ConsoleColor.Gray, Background);

    /// <summary>A character in this style.</summary>
    internal Cell Draw(char symbol)
    {
        ConsoleColor foreground = (Rendition & Rendition.Bold) != 0
            ? Foreground | (ConsoleColor)Bright
            : Foreground;
        return (Rendition & Rendition.Inverse) != 0
            ? new Cell(symbol, Background, foreground)
            : new Cell(symbol, foreground, Background);
    }

    /// <summary>The style after "select graphic rendition" (ECMA-48, section 8.3.117).</summary>
    internal TextStyle Select(ReadOnlySpan<int> parameters)
    {
        TextStyle style = this;
        while (!parameters.IsEmpty)
        {
            int used = 1;
            style = parameters[0] is 38 or 48
                ? style.SelectFromPalette(parameters, out used)
                : style.Select(parameters[0]);
            parameters = parameters[Math.Min(used, parameters.Length)..];
        }
        return style;
    }

    private TextStyle Select(int parameter) => parameter switch
    {
        0 => Usual,
        1 => this with { Rendition = Rendition | Rendition.Bold },
        7 => this with { Rendition = Rendition | Rendition.Inverse },
        22 => this with { Rendition = Rendition & ~Rendition.Bold },
        27 => this with { Rendition = Rendition & ~Rendition.Inverse },
        >= 30 and <= 37 => this with { Foreground = Color(parameter - 30) },
        39 => this with { Foreground = Usual.Foreground },
        >= 40 and <= 47 => this with { Background = Color(parameter - 40) },
        49 => this with { Background = Usual.Background },
        >= 90 and <= 97 => this with { Foreground = Color(parameter - 90 + Bright) },
        >= 100 and <= 107 => this with { Background = Color(parameter - 100 + Bright) },
        _ => this,
    };

    // 38;5;n and 38;2;r;g;b, and the same with 48. Only the 16 colours of the screen are known;
    // the parameters of others must still not be taken for renditions.
    private TextStyle SelectFromPalette(ReadOnlySpan<int> parameters, out int used)
    {
        int kind = parameters.Length > 1 ? parameters[1] : 0;
        used = kind switch
        {
            5 => 3,
            2 => 5,
            _ => 2,
        };
        if (kind != 5 || parameters.Length < 3 || parameters[2] >= 2 * Bright)
            return this;
        ConsoleColor color = Color(parameters[2]);
        return parameters[0] == 38
            ? this with { Foreground = color }
            : this with { Background = color };
    }

    // ECMA-48 has red in bit 0 and blue in bit 2, ConsoleColor the other way round.
    private static ConsoleColor Color(int number) => (ConsoleColor)(
        (number & 0b1010) | (number & 0b0001) << 2 | (number & 0b0100) >> 2);
}
