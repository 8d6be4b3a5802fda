using System;
using System.Collections.Generic;
using System.Linq;
using IL2CPU.Elf;

namespace IL2CPU.Link;

/// <summary>Symbols that objects need and none of them defines.</summary>
internal static class UndefinedSymbols
{
    /// <summary>Finds them, each with the names of what needs it.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyCollection<string>> Find(
        IReadOnlyCollection<ElfFile> objects)
    {
        HashSet<string> defined = [.. objects.SelectMany(one => one.Symbols)
            .Where(one => !one.IsLocal && !one.IsUndefined).Select(one => one.Name)];
        SortedDictionary<string, IReadOnlyCollection<string>> needed =
            new(StringComparer.Ordinal);
        foreach (ElfFile file in objects)
        {
            foreach (ElfSection section in file.Sections)
            {
                foreach (ElfRelocation relocation in section.Relocations)
                {
                    string name = relocation.Symbol.Name;
                    if (!relocation.Symbol.IsUndefined || defined.Contains(name))
                        continue;
                    if (!needed.TryGetValue(name, out IReadOnlyCollection<string>? users))
                        needed.Add(name, users = new SortedSet<string>(StringComparer.Ordinal));
                    ((SortedSet<string>)users).Add(
                        NameOf(file, section, relocation.Offset));
                }
            }
        }
        return needed;
    }

    // Few are undefined, so looking through all symbols for each is quick enough.
    private static string NameOf(ElfFile file, ElfSection section, ulong offset) =>
        file.Symbols
            .Where(one => one.Section == section && one.Value <= offset
                && one.Kind != SymbolKind.Section)
            .MaxBy(one => one.Value)?.Name
        ?? section.Name;
}
