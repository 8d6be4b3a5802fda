using System;
using System.Collections.Generic;
using System.Text;
using MemOS.Userland.Terminal;

namespace MemOS.Userland.Text;

/// <summary>Rows and columns of text, each column as wide as its widest cell.</summary>
/// <remarks>Cells may hold colours (<see cref="Ansi.Paint"/>); they do not count.</remarks>
public sealed class Table
{
    private const string Gap = "  ";

    private readonly string[] _headers;
    private readonly List<string[]> _rows = [];
    private readonly HashSet<int> _numbers = [];

    /// <summary>A table without rows.</summary>
    /// <param name="headers">The columns' names.</param>
    public Table(params string[] headers) => _headers = headers;

    /// <summary>Rows added.</summary>
    public int Count => _rows.Count;

    /// <summary>Makes a column stand against its right edge, as numbers do.</summary>
    /// <param name="column">Counted from 0.</param>
    /// <returns>The table.</returns>
    public Table AlignRight(int column)
    {
        _numbers.Add(column);
        return this;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="cells">As many as there are columns.</param>
    public void Add(params string[] cells)
    {
        if (cells.Length != _headers.Length)
            throw new ArgumentException($"The table has {_headers.Length} columns.");
        _rows.Add(cells);
    }

    /// <summary>The table as text: headers, a rule, the rows, each line ended.</summary>
    public override string ToString()
    {
        int[] widths = Widths();
        StringBuilder text = new();
        AppendRow(text, _headers, widths);
        text.Append(Palette.Quiet(Rule(widths))).Append('\n');
        foreach (string[] row in _rows)
            AppendRow(text, row, widths);
        return text.ToString();
    }

    private int[] Widths()
    {
        int[] widths = new int[_headers.Length];
        for (int i = 0; i < widths.Length; i++)
        {
            widths[i] = Ansi.VisibleLength(_headers[i]);
            foreach (string[] row in _rows)
                widths[i] = Math.Max(widths[i], Ansi.VisibleLength(row[i]));
        }
        return widths;
    }

    private static string Rule(int[] widths) =>
        string.Join(Gap, Array.ConvertAll(widths, width => new string('-', width)));

    private void AppendRow(StringBuilder text, string[] cells, int[] widths)
    {
        for (int i = 0; i < cells.Length; i++)
        {
            int padding = widths[i] - Ansi.VisibleLength(cells[i]);
            bool isLast = i == cells.Length - 1;
            text.Append(i == 0 ? "" : Gap);
            text.Append(' ', _numbers.Contains(i) ? padding : 0).Append(cells[i]);
            text.Append(' ', _numbers.Contains(i) || isLast ? 0 : padding);
        }
        text.Append('\n');
    }
}
