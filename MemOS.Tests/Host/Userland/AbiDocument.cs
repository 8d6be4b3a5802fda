using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace MemOS.Tests.Host.Userland;

/// <summary>The tables of docs/abi.md, by the headings that they stand under.</summary>
internal sealed class AbiDocument
{
    private readonly Dictionary<string, List<string[]>> _rows = [];

    private AbiDocument(IEnumerable<string> lines)
    {
        string heading = "";
        foreach (string line in lines)
        {
            if (line.StartsWith('#'))
                heading = line.TrimStart('#', ' ');
            else if (line.StartsWith('|'))
                Rows(heading).Add([.. line[1..^1].Split('|').Select(cell => cell.Trim())]);
        }
    }

    /// <summary>The document as it is in the repository.</summary>
    public static AbiDocument Read() =>
        new(File.ReadLines(Path.Combine(AppContext.BaseDirectory, "abi.md")));

    /// <summary>The headings that have a table.</summary>
    public IEnumerable<string> Headings => _rows.Keys;

    /// <summary>The rows of the table under a heading, without its head.</summary>
    public IReadOnlyList<string[]> Table(string heading) => _rows[heading][2..];

    /// <summary>A number as the document writes it: decimal, or hexadecimal after 0x.</summary>
    public static ulong Number(string text) => text.StartsWith("0x", StringComparison.Ordinal)
        ? ulong.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : ulong.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The parts of a cell that commas part.</summary>
    public static string[] List(string cell) =>
        cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private List<string[]> Rows(string heading)
    {
        if (!_rows.TryGetValue(heading, out List<string[]>? rows))
            _rows.Add(heading, rows = []);
        return rows;
    }
}
