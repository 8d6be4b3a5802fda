using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace IL2CPU.Elf;

/// <summary>Writes ELF object files (gABI 4.1, chapter 4).</summary>
internal sealed class ElfWriter
{
    private const ulong HeaderBytes = 64;
    private const ushort SectionHeaderBytes = 64;
    private const ulong TableEntryBytes = 24;
    private const ulong WordBytes = 8;

    private readonly MemoryStream _file = new();
    private readonly BinaryWriter _writer;
    private readonly StringTable _names = new();
    private readonly List<Header> _headers = [];
    private readonly ElfFile _elf;
    private readonly ElfSymbol[] _symbols;
    private readonly Dictionary<ElfSection, int> _sectionNumbers = [];
    private readonly Dictionary<ElfSymbol, int> _symbolNumbers = [];

    private ElfWriter(ElfFile elf)
    {
        _writer = new BinaryWriter(_file);
        _elf = elf;
        // Local ones come first.
        _symbols = [.. elf.Symbols.OrderBy(one => one.IsLocal ? 0 : 1)];
        for (int i = 0; i < _symbols.Length; i++)
            _symbolNumbers.Add(_symbols[i], i);
    }

    internal static void Write(ElfFile elf, string path) =>
        File.WriteAllBytes(path, new ElfWriter(elf).Write());

    internal static byte[] ToBytes(ElfFile elf) => new ElfWriter(elf).Write();

    private byte[] Write()
    {
        _writer.Write(new byte[HeaderBytes]);
        _headers.Add(new Header("", SectionKind.Null, 0, 0, 0, 0, 0, 0, 0));
        foreach (ElfSection section in _elf.Sections)
        {
            _sectionNumbers.Add(section, _headers.Count);
            Add(section.Name, section.Kind, section.Flags, section.Data, section.Size,
                alignment: section.Alignment, entryBytes: section.EntryBytes);
        }
        ElfSection[] related = [.. _elf.Sections.Where(one => one.Relocations.Count > 0)];
        int symbolTable = _headers.Count + related.Length;
        foreach (ElfSection section in related)
        {
            byte[] table = Relocations(section);
            Add(".rela" + section.Name, SectionKind.Relocations, SectionFlags.InfoLink, table,
                (ulong)table.Length, symbolTable, _sectionNumbers[section], WordBytes,
                TableEntryBytes);
        }
        StringTable names = new();
        byte[] symbols = SymbolTable(names);
        Add(".symtab", SectionKind.Symbols, 0, symbols, (ulong)symbols.Length, symbolTable + 1,
            _symbols.Count(one => one.IsLocal), WordBytes, TableEntryBytes);
        Add(".strtab", SectionKind.Strings, 0, names.ToArray(), names.Length);
        // Its own name has to be in it before it is written.
        _names.Add(".shstrtab");
        Add(".shstrtab", SectionKind.Strings, 0, _names.ToArray(), _names.Length);
        ulong headers = Align(WordBytes);
        foreach (Header header in _headers)
            WriteHeader(header);
        WriteFileHeader(headers);
        return _file.ToArray();
    }

    private void Add(
        string name, SectionKind kind, SectionFlags flags, byte[] data, ulong size, int link = 0,
        int info = 0, ulong alignment = 1, ulong entryBytes = 0)
    {
        _names.Add(name);
        ulong offset = Align(alignment);
        _writer.Write(data);
        _headers.Add(new Header(
            name, kind, flags, offset, size, link, info, alignment, entryBytes));
    }

    private byte[] Relocations(ElfSection section)
    {
        using MemoryStream table = new();
        using BinaryWriter writer = new(table);
        foreach (ElfRelocation one in section.Relocations)
        {
            writer.Write(one.Offset);
            writer.Write(((ulong)_symbolNumbers[one.Symbol] << 32) | (uint)one.Kind);
            writer.Write(one.Addend);
        }
        return table.ToArray();
    }

    private byte[] SymbolTable(StringTable names)
    {
        using MemoryStream table = new();
        using BinaryWriter writer = new(table);
        foreach (ElfSymbol one in _symbols)
        {
            writer.Write(names.Add(one.Name));
            writer.Write(one.Info);
            writer.Write(one.Other);
            writer.Write(one.Section == null
                ? one.SpecialIndex
                : (ushort)_sectionNumbers[one.Section]);
            writer.Write(one.Value);
            writer.Write(one.Size);
        }
        return table.ToArray();
    }

    private void WriteHeader(Header header)
    {
        _writer.Write(_names.Add(header.Name));
        _writer.Write((uint)header.Kind);
        _writer.Write((ulong)header.Flags);
        _writer.Write(0UL);
        _writer.Write(header.Offset);
        _writer.Write(header.Size);
        _writer.Write(header.Link);
        _writer.Write(header.Info);
        _writer.Write(header.Alignment);
        _writer.Write(header.EntryBytes);
    }

    private void WriteFileHeader(ulong table)
    {
        _file.Position = 0;
        _writer.Write([0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1, .. new byte[9]]);
        _writer.Write((ushort)1);       // relocatable
        _writer.Write((ushort)62);      // x86-64
        _writer.Write(1);               // version
        _writer.Write(0UL);             // no entry
        _writer.Write(0UL);             // no segments
        _writer.Write(table);
        _writer.Write(0);               // flags
        _writer.Write((ushort)HeaderBytes);
        _writer.Write(0);               // no segments
        _writer.Write(SectionHeaderBytes);
        _writer.Write((ushort)_headers.Count);
        _writer.Write((ushort)(_headers.Count - 1));
    }

    private ulong Align(ulong alignment)
    {
        while ((ulong)_file.Position % Math.Max(alignment, 1) != 0)
            _writer.Write((byte)0);
        return (ulong)_file.Position;
    }

    private sealed record Header(
        string Name, SectionKind Kind, SectionFlags Flags, ulong Offset, ulong Size, int Link,
        int Info, ulong Alignment, ulong EntryBytes);

    private sealed class StringTable
    {
        private readonly Dictionary<string, int> _places = new() { [""] = 0 };
        private readonly List<byte> _data = [0];

        internal ulong Length => (ulong)_data.Count;

        internal int Add(string text)
        {
            if (_places.TryGetValue(text, out int place))
                return place;
            place = _data.Count;
            _places.Add(text, place);
            _data.AddRange(Encoding.UTF8.GetBytes(text));
            _data.Add(0);
            return place;
        }

        internal byte[] ToArray() => [.. _data];
    }
}
