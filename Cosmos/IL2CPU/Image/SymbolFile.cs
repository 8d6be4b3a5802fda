using System;
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
        ElfSymbol[] functions = [.. image.Symbols
            .Where(one => one.Section is { } section
                && (section.Flags & SectionFlags.Execute) != 0
                && one.Kind is (SymbolKind.None or SymbolKind.Function) && !IsLabel(one))
            .OrderBy(one => one.Value).ThenByDescending(one => one.Size)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .DistinctBy(one => one.Value)];
        for (int i = 0; i < functions.Length; i++)
        {
            ElfSymbol one = functions[i];
            ElfSymbol? next = i + 1 < functions.Length ? functions[i + 1] : null;
            text.Append(CultureInfo.InvariantCulture,
                $"{one.Value:x} {SizeOf(one, next):x} {Readable(one.Name)}\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    // NASM's local labels, "routine.label": a place in a routine, not one.
    private static bool IsLabel(ElfSymbol symbol) =>
        symbol.Kind == SymbolKind.None && symbol.Name.Contains('.');

    // Assembly does not say how long a routine is: it goes to the next one.
    private static ulong SizeOf(ElfSymbol symbol, ElfSymbol? next) =>
        symbol.Size != 0
            ? symbol.Size
            : (next?.Section == symbol.Section ? next!.Value : EndOf(symbol.Section!))
                - symbol.Value;

    private static ulong EndOf(ElfSection section) => section.Address + section.Size;

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
