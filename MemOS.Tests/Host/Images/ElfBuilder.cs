using System;
using System.Buffers.Binary;
using System.Collections.Generic;

namespace MemOS.Tests.Host.Images;

/// <summary>
/// Makes small programs in memory: headers, code, constants with the dynamic section and its
/// tables, data. What it is told to write it writes, sense or nonsense.
/// </summary>
internal sealed class ElfBuilder
{
    internal const int HeadersStart = 64;
    internal const int HeaderBytes = 56;
    internal const int RelaStart = 0x2000;
    internal const int PltStart = 0x2400;
    internal const int RelrStart = 0x2800;
    internal const int DynamicStart = 0x2C00;

    /// <summary>Where the data starts in memory; it has 0x400 bytes, then 0x1400 zeros.</summary>
    internal const ulong Data = 0x4010;

    internal const int DataStart = 0x3010;
    internal const int DataBytes = 0x400;
    internal const ulong DataEnd = Data + 0x1800;
    internal const int FileBytes = DataStart + DataBytes;

    internal const int Code = 1;
    internal const int DataHeader = 3;
    internal const int DynamicHeader = 4;

    internal ulong Entry { get; set; } = 0x1010;

    internal List<ElfHeaderEntry> Headers { get; } =
    [
        new(1, 4, 0, 0, 0x300, 0x300),
        new(1, 5, 0x1000, 0x1000, 0x800, 0x800),
        new(1, 4, 0x2000, 0x2000, 0xF00, 0xF00),
        new(1, 6, DataStart, Data, DataBytes, DataEnd - Data),
        new(2, 4, DynamicStart, DynamicStart, 0x200, 0x200, 8),
        new(7, 4, DataStart, Data, 0x10, 0x20, 8),
    ];

    internal List<(ulong Offset, ulong Type, ulong Addend)> Rela { get; } = [];

    internal List<(ulong Offset, ulong Type, ulong Addend)> Plt { get; } = [];

    internal List<ulong> Relr { get; } = [];

    /// <summary>The dynamic section; what the tables need, unless set.</summary>
    internal List<(ulong Tag, ulong Value)>? Tags { get; set; }

    internal List<(ulong Tag, ulong Value)> DefaultTags()
    {
        List<(ulong, ulong)> tags = [(4, 0x2E00), (0x6FFFFFFB, 0x08000000)];
        if (Rela.Count > 0)
        {
            tags.AddRange([(7, RelaStart), (8, (ulong)Rela.Count * 24), (9, 24)]);
        }

        if (Plt.Count > 0)
        {
            tags.AddRange([(23, PltStart), (2, (ulong)Plt.Count * 24), (20, 7)]);
        }

        if (Relr.Count > 0)
        {
            tags.AddRange([(36, RelrStart), (35, (ulong)Relr.Count * 8), (37, 8)]);
        }

        return tags;
    }

    /// <summary>Changes the value of an entry of the default dynamic section.</summary>
    internal ElfBuilder Retag(ulong tag, ulong value)
    {
        Tags ??= DefaultTags();
        Tags[Tags.FindIndex(entry => entry.Tag == tag)] = (tag, value);
        return this;
    }

    /// <summary>Takes an entry out of the default dynamic section.</summary>
    internal ElfBuilder Untag(ulong tag)
    {
        Tags ??= DefaultTags();
        Tags.RemoveAll(entry => entry.Tag == tag);
        return this;
    }

    internal ElfBuilder Tag(ulong tag, ulong value)
    {
        Tags ??= DefaultTags();
        Tags.Add((tag, value));
        return this;
    }

    internal ElfBuilder Change(int header, Func<ElfHeaderEntry, ElfHeaderEntry> change)
    {
        Headers[header] = change(Headers[header]);
        return this;
    }

    internal byte[] Build(int bytes = FileBytes)
    {
        byte[] file = new byte[bytes];
        for (int i = 0; i < DataBytes && DataStart + i < bytes; i++)
        {
            file[DataStart + i] = (byte)(i * 11);
        }

        WriteHeader(file);
        for (int i = 0; i < Headers.Count; i++)
        {
            Headers[i].Write(file.AsSpan(HeadersStart + (i * HeaderBytes)));
        }

        WriteRela(file, RelaStart, Rela);
        WriteRela(file, PltStart, Plt);
        WriteWords(file, RelrStart, Relr);
        List<ulong> dynamic = [];
        foreach ((ulong tag, ulong value) in Tags ?? DefaultTags())
        {
            dynamic.AddRange([tag, value]);
        }

        WriteWords(file, DynamicStart, dynamic);
        return file;
    }

    private void WriteHeader(byte[] file)
    {
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(16), 3);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), 62);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(24), Entry);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(32), HeadersStart);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(52), 64);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(54), HeaderBytes);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(56), (ushort)Headers.Count);
    }

    private static void WriteRela(
        byte[] file, int start, List<(ulong Offset, ulong Type, ulong Addend)> entries)
    {
        List<ulong> words = [];
        foreach ((ulong offset, ulong type, ulong addend) in entries)
        {
            words.AddRange([offset, type, addend]);
        }

        WriteWords(file, start, words);
    }

    private static void WriteWords(byte[] file, int start, List<ulong> words)
    {
        for (int i = 0; i < words.Count; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(start + (i * 8)), words[i]);
        }
    }
}
