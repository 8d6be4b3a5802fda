using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using IL2CPU.Elf;

namespace IL2CPU.Image;

/// <summary>Finds out how much of an image each assembly takes.</summary>
internal sealed class ImageSizes
{
    private const string Strings = "(string literals)";
    private const string Native = "(assembly code)";
    private const string Shared = "(other)";
    private const string Tables = "(unwind tables)";
    private const string Relocations = "(relocations)";
    private const int InSummary = 4;

    // The compiler puts a few words before a symbol's assembly, such as "__GCSTATICS".
    private const int LongestPrefix = 40;

    private readonly Dictionary<string, Row> _rows = [];
    private readonly (string Prefix, string Name)[] _assemblies;

    private ImageSizes(IEnumerable<string> assemblies) =>
        _assemblies = [.. assemblies
            .Select(name => (Prefix: Mangle(name), Name: name))
            .OrderByDescending(one => one.Prefix.Length)];

    /// <summary>Sums up an image.</summary>
    /// <param name="image">A linked image with its symbols.</param>
    /// <param name="assemblies">Names of the assemblies that it may be made of.</param>
    internal static ImageSizes Of(ElfFile image, IEnumerable<string> assemblies)
    {
        ImageSizes sizes = new(assemblies);
        foreach (ElfSection section in image.Sections.Where(one => one.IsAllocated))
            sizes.Add(image, section);
        return sizes;
    }

    /// <summary>Bytes of one assembly, or of a row in brackets.</summary>
    internal ulong Total(string name) => _rows.GetValueOrDefault(name).Total;

    /// <summary>Writes a line for each assembly, the largest first.</summary>
    internal void Write(string path)
    {
        StringBuilder text = new();
        AppendLine(text, "code", "constants", "data", "total", "assembly");
        foreach ((string name, Row row) in Sorted())
            AppendLine(text, row.Code, row.Constants, row.Data, row.Total, name);
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>The whole and the largest, in a line.</summary>
    internal string Summary()
    {
        ulong total = _rows.Values.Aggregate(0UL, (sum, row) => sum + row.Total);
        return $"{Kilobytes(total)} in memory: " + string.Join(", ",
            Sorted().Take(InSummary).Select(one => $"{one.Key} {Kilobytes(one.Value.Total)}"));
    }

    private static void AppendLine(
        StringBuilder text, object code, object constants, object data, object total,
        object name) =>
        text.Append(CultureInfo.InvariantCulture,
            $"{code,9} {constants,9} {data,9} {total,9}  {name}\n");

    private static string Kilobytes(ulong bytes) =>
        ((bytes + 1023) / 1024).ToString(CultureInfo.InvariantCulture) + " KB";

    private IEnumerable<KeyValuePair<string, Row>> Sorted() =>
        _rows.OrderByDescending(one => one.Value.Total)
            .ThenBy(one => one.Key, StringComparer.Ordinal);

    // What a symbol stands for reaches to the next symbol: data comes without sizes.
    private void Add(ElfFile image, ElfSection section)
    {
        ElfSymbol[] symbols = [.. image.Symbols
            .Where(one => one.Section == section && one.Kind != SymbolKind.Section)
            .OrderBy(one => one.Value).ThenBy(one => one.Name, StringComparer.Ordinal)];
        ulong at = section.Address;
        string owner = OwnerOf(section);
        foreach (ElfSymbol symbol in symbols)
        {
            if (symbol.Value > at)
            {
                Add(owner, section, symbol.Value - at);
                at = symbol.Value;
            }
            owner = OwnerOf(symbol, section);
        }
        Add(owner, section, section.Address + section.Size - at);
    }

    private void Add(string owner, ElfSection section, ulong bytes)
    {
        Row row = _rows.GetValueOrDefault(owner);
        bool isWritable = (section.Flags & SectionFlags.Write) != 0;
        bool isCode = (section.Flags & SectionFlags.Execute) != 0;
        _rows[owner] = new Row(
            row.Code + (isCode ? bytes : 0),
            row.Constants + (isCode || isWritable ? 0 : bytes),
            row.Data + (!isCode && isWritable ? bytes : 0));
    }

    private static string OwnerOf(ElfSection section) => section.Name switch
    {
        ".eh_frame" or ".eh_frame_hdr" => Tables,
        _ when section.Name.StartsWith(".rela", StringComparison.Ordinal) => Relocations,
        _ => Shared,
    };

    private string OwnerOf(ElfSymbol symbol, ElfSection section)
    {
        if (OwnerOf(section) is not Shared and string special)
            return special;
        if (symbol.Name.StartsWith("__Str_", StringComparison.Ordinal))
            return Strings;
        if (FindAssembly(symbol.Name) is { } assembly)
            return assembly;
        return (section.Flags & SectionFlags.Execute) != 0 ? Native : Shared;
    }

    private string? FindAssembly(string symbol)
    {
        int last = Math.Min(LongestPrefix, symbol.Length);
        for (int start = 0; start < last; start++)
        {
            foreach ((string prefix, string name) in _assemblies)
            {
                if (string.CompareOrdinal(symbol, start, prefix, 0, prefix.Length) == 0)
                    return name;
            }
        }
        return null;
    }

    private static string Mangle(string assembly)
    {
        const string Inner = "System.Private.";
        string name = assembly.StartsWith(Inner, StringComparison.Ordinal)
            ? "S_P_" + assembly[Inner.Length..]
            : assembly;
        return name.Replace('.', '_').Replace('-', '_') + "_";
    }

    private readonly record struct Row(ulong Code, ulong Constants, ulong Data)
    {
        internal ulong Total => Code + Constants + Data;
    }
}
