using System;
using System.Collections.Generic;
using System.Text;

namespace MemOS.Userland.Text;

/// <summary>Lays words out in columns, as many as fit.</summary>
public static class WordColumns
{
    private const int Gap = 2;

    /// <summary>
    /// The words row by row, each row ended; a word too long has a row of its own.
    /// </summary>
    /// <param name="words">The words, none with an escape sequence.</param>
    /// <param name="width">Columns of the terminal, of which the last stays free.</param>
    public static string Of(IReadOnlyCollection<string> words, int width)
    {
        int longest = 0;
        foreach (string word in words)
            longest = Math.Max(longest, word.Length);
        int perRow = Math.Max((width + Gap - 1) / (longest + Gap), 1);
        StringBuilder text = new();
        int inRow = 0;
        int padding = 0;
        foreach (string word in words)
        {
            if (inRow == perRow)
            {
                text.Append('\n');
                (inRow, padding) = (0, 0);
            }
            text.Append(' ', padding).Append(word);
            padding = longest + Gap - word.Length;
            inRow++;
        }
        return inRow == 0 ? "" : text.Append('\n').ToString();
    }
}
