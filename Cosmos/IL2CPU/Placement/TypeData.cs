using System;
using System.Collections.Generic;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Placement;

/// <summary>
/// The memory that ILC's start-up code fills from compressed data: string literals, objects and
/// statics that are known beforehand, cells of interface calls, and behind all of these what
/// never changes again, namely types with their tables of methods, and generic dictionaries.
/// </summary>
internal static class TypeData
{
    /// <summary>The section's name.</summary>
    internal const string Section = ".hydrated";

    // Types, also those that only describe where statics hold references; dictionaries.
    private static readonly string[] _constant = ["_ZTV", "__GenericDict_", "__GCStaticEEType_"];

    /// <summary>Finds the offset in the section from which on nothing changes.</summary>
    internal static ulong ConstantFrom(IEnumerable<ElfFile> objects)
    {
        ulong start = 0;
        foreach (ElfSymbol symbol in objects.SelectMany(one => one.Symbols)
            .Where(one => one.Section?.Name == Section && one.Kind != SymbolKind.Section)
            .OrderByDescending(one => one.Value))
        {
            if (!_constant.Any(
                prefix => symbol.Name.StartsWith(prefix, StringComparison.Ordinal)))
                return start == 0 ? symbol.Section!.Size : start;
            start = symbol.Value;
        }
        return start;
    }
}
