using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using IL2CPU.Elf;

namespace IL2CPU.Image;

/// <summary>
/// Writes <c>kernel.sym</c>: a line a function, "offset size name", offsets in hexadecimal from
/// the image's start, in rising order.
/// </summary>
internal static class SymbolFile
{
    internal static void Write(ElfFile image, string path)
    {
        StringBuilder text = new();
        ulong last = ulong.MaxValue;
        IEnumerable<ElfSymbol> functions = image.Symbols
            .Where(one => one.Section is { } section
                && (section.Flags & SectionFlags.Execute) != 0
                && one.Kind is (SymbolKind.None or SymbolKind.Function))
            .OrderBy(one => one.Value).ThenByDescending(one => one.Size)
            .ThenBy(one => one.Name, StringComparer.Ordinal);
        foreach (ElfSymbol one in functions)
        {
            if (one.Value == last)
                continue;
            last = one.Value;
            text.Append(CultureInfo.InvariantCulture,
                $"{one.Value:x} {one.Size:x} {Readable(one.Name)}\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    // ILC writes "Assembly_Name_Space_Type__Method": two underscores part type and method.
    private static string Readable(string name)
    {
        name = name.Replace("S_P_CoreLib_", "");
        int method = name.LastIndexOf("__", StringComparison.Ordinal);
        return method <= 0
            ? name
            : name[..method].Replace('_', '.') + "." + name[(method + 2)..];
    }
}
