using System;
using System.Text;

namespace MemOS.Userland.Terminal;

/// <summary>Shows tabs as the blanks that a terminal leaves for them.</summary>
public static class TabStops
{
    /// <summary>Columns from one tab stop to the next.</summary>
    public const int Width = 8;

    /// <summary>Makes each tab as many blanks as lead to the next stop.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cursor">A place in it.</param>
    /// <param name="start">The column in which the text begins, from 0.</param>
    /// <param name="shown">What is shown; the text itself if there is no tab in it.</param>
    /// <param name="shownCursor">The place in what is shown.</param>
    public static void Expand(
        ReadOnlySpan<char> text, int cursor, int start, out ReadOnlySpan<char> shown,
        out int shownCursor)
    {
        shown = text;
        shownCursor = cursor;
        if (!text.Contains('\t'))
            return;
        StringBuilder cells = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (i == cursor)
                shownCursor = cells.Length;
            if (text[i] == '\t')
                cells.Append(' ', Width - (start + cells.Length) % Width);
            else
                cells.Append(text[i]);
        }
        if (cursor == text.Length)
            shownCursor = cells.Length;
        shown = cells.ToString();
    }
}
