using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace IL2CPU.Elf;

/// <summary>Reads ELF files that the tools of this build wrote.</summary>
internal sealed class ElfReader
{
    private const int SectionHeaderBytes = 64;
    private const int ProgramHeaderBytes = 56;
    private const int SymbolBytes = 24;
    private const int RelocationBytes = 24;
    private const ushort FirstSpecialIndex = 0xFF00;

    private readonly byte[] _file;
    private readonly Header[] _headers;
    private readonly ElfSection?[] _sections;
    private readonly List<ElfSymbol> _symbols = [];

    private ElfReader(byte[] file)
    {
        _file = file;
        int table = (int)Read8(40);
        int count = Read2(60);
        _headers = new Header[count];
        for (int i = 0; i < count; i++)
            _headers[i] = ReadHeader(table + (i * SectionHeaderBytes));
        _sections = new ElfSection?[count];
    }

    internal static ElfFile Read(string path) => Read(File.ReadAllBytes(path));

    /// <exception cref="InvalidDataException">It is no 64-bit ELF file.</exception>
    internal static ElfFile Read(byte[] file)
    {
        if (!file.AsSpan().StartsWith("\u007FELF\u0002\u0001"u8))
            throw new InvalidDataException("It is no 64-bit little-endian ELF file.");
        return new ElfReader(file).Read();
    }

    private ElfFile Read()
    {
        ElfFile elf = new();
        int names = Read2(62);
        for (int i = 1; i < _headers.Length; i++)
        {
            // What only describes other sections is not in memory.
            if ((_headers[i].Flags & SectionFlags.Allocate) == 0
                && _headers[i].Kind is (SectionKind.Symbols or SectionKind.Strings
                    or SectionKind.Relocations))
                continue;
            _sections[i] = ReadSection(_headers[i], names);
            elf.Sections.Add(_sections[i]!);
        }
        ReadSymbols();
        elf.Symbols.AddRange(_symbols);
        foreach (Header header in _headers)
        {
            if (header.Kind == SectionKind.Relocations)
                ReadRelocations(header, elf);
        }
        ReadSegments(elf);
        return elf;
    }

    private ElfSection ReadSection(Header header, int names) => new()
    {
        Name = ReadName(names, header.Name),
        Kind = header.Kind,
        Flags = header.Flags,
        Address = header.Address,
        Alignment = Math.Max(header.Alignment, 1),
        EntryBytes = header.EntryBytes,
        Size = header.Size,
        Data = header.Kind == SectionKind.NoBits ? [] : Bytes(header).ToArray(),
    };

    private void ReadSymbols()
    {
        foreach (Header header in _headers)
        {
            if (header.Kind != SectionKind.Symbols)
                continue;
            for (ReadOnlySpan<byte> left = Bytes(header); !left.IsEmpty;
                left = left[SymbolBytes..])
            {
                ushort index = BinaryPrimitives.ReadUInt16LittleEndian(left[6..]);
                _symbols.Add(new ElfSymbol
                {
                    Name = ReadName(
                        header.Link, BinaryPrimitives.ReadInt32LittleEndian(left)),
                    Info = left[4],
                    Other = left[5],
                    Section = index < FirstSpecialIndex ? _sections[index] : null,
                    SpecialIndex = index < FirstSpecialIndex ? (ushort)0 : index,
                    Value = BinaryPrimitives.ReadUInt64LittleEndian(left[8..]),
                    Size = BinaryPrimitives.ReadUInt64LittleEndian(left[16..]),
                });
            }
        }
    }

    // In an object each table is for one section; in an image the one table is for all.
    private void ReadRelocations(Header header, ElfFile elf)
    {
        bool isDynamic = (header.Flags & SectionFlags.Allocate) != 0;
        List<ElfRelocation> relocations = isDynamic
            ? elf.DynamicRelocations
            : _sections[header.Info]!.Relocations;
        for (ReadOnlySpan<byte> left = Bytes(header); !left.IsEmpty;
            left = left[RelocationBytes..])
        {
            ulong info = BinaryPrimitives.ReadUInt64LittleEndian(left[8..]);
            // The dynamic table of symbols is another one, and empty in what is good.
            ElfSymbol symbol = _symbols[isDynamic ? 0 : (int)(info >> 32)];
            relocations.Add(new ElfRelocation(
                BinaryPrimitives.ReadUInt64LittleEndian(left), symbol,
                (RelocationKind)(uint)info, BinaryPrimitives.ReadInt64LittleEndian(left[16..])));
        }
    }

    private void ReadSegments(ElfFile elf)
    {
        int table = (int)Read8(32);
        int count = Read2(56);
        for (int i = 0; i < count; i++)
        {
            int at = table + (i * ProgramHeaderBytes);
            elf.Segments.Add(new ElfSegment(
                (SegmentKind)Read4(at), (SegmentFlags)Read4(at + 4), Read8(at + 8),
                Read8(at + 16), Read8(at + 32), Read8(at + 40)));
        }
    }

    private Header ReadHeader(int at) => new(
        (int)Read4(at), (SectionKind)Read4(at + 4), (SectionFlags)Read8(at + 8), Read8(at + 16),
        (int)Read8(at + 24), Read8(at + 32), (int)Read4(at + 40), (int)Read4(at + 44),
        Read8(at + 48), Read8(at + 56));

    private ReadOnlySpan<byte> Bytes(Header header) =>
        _file.AsSpan(header.Offset, (int)header.Size);

    private string ReadName(int table, int offset)
    {
        ReadOnlySpan<byte> names = Bytes(_headers[table])[offset..];
        return Encoding.UTF8.GetString(names[..names.IndexOf((byte)0)]);
    }

    private ushort Read2(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(at));

    private uint Read4(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(at));

    private ulong Read8(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_file.AsSpan(at));

    private sealed record Header(
        int Name, SectionKind Kind, SectionFlags Flags, ulong Address, int Offset, ulong Size,
        int Link, int Info, ulong Alignment, ulong EntryBytes);
}
