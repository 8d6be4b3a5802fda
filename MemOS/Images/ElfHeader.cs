using System;
using System.Buffers.Binary;

namespace MemOS.Images;

/// <summary>The header of an ELF file (gABI 4.1, chapter 4), as far as loading needs it.</summary>
internal readonly ref struct ElfHeader
{
    // No linker makes as many; a bound on the work that a file can cause.
    private const int MostHeaders = 64;

    private const int Bytes = 64;
    private const byte Class64 = 2;
    private const byte LittleEndian = 1;
    private const byte CurrentVersion = 1;
    private const byte SystemV = 0;
    private const byte Gnu = 3;
    private const ushort SharedObject = 3;
    private const ushort Amd64 = 62;

    private ElfHeader(ulong entry, ReadOnlySpan<byte> programHeaders)
    {
        Entry = entry;
        ProgramHeaders = programHeaders;
    }

    /// <summary>Where the program starts, in bytes from the image's base.</summary>
    internal ulong Entry { get; }

    /// <summary>Whole headers of <see cref="ProgramHeader.Bytes"/> bytes, at least one.</summary>
    internal ReadOnlySpan<byte> ProgramHeaders { get; }

    internal static ImageStatus TryRead(ReadOnlySpan<byte> file, out ElfHeader header)
    {
        header = default;
        if (file.Length < Bytes)
        {
            return ImageStatus.TooShort;
        }

        ImageStatus status = CheckIdentity(file);
        if (status == ImageStatus.Good)
        {
            status = CheckKind(file);
        }

        return status == ImageStatus.Good ? TryLocate(file, out header) : status;
    }

    private static ImageStatus CheckIdentity(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("\u007FELF"u8))
        {
            return ImageStatus.NotElf;
        }

        if (file[4] != Class64)
        {
            return ImageStatus.Not64Bit;
        }

        if (file[5] != LittleEndian)
        {
            return ImageStatus.NotLittleEndian;
        }

        if (file[6] != CurrentVersion)
        {
            return ImageStatus.UnknownVersion;
        }

        return file[7] is SystemV or Gnu && file[8] == 0
            ? ImageStatus.Good
            : ImageStatus.UnknownAbi;
    }

    private static ImageStatus CheckKind(ReadOnlySpan<byte> file)
    {
        if (BinaryPrimitives.ReadUInt16LittleEndian(file[18..]) != Amd64)
        {
            return ImageStatus.WrongMachine;
        }

        if (BinaryPrimitives.ReadUInt16LittleEndian(file[16..]) != SharedObject)
        {
            return ImageStatus.NotPositionIndependent;
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(file[20..]) == CurrentVersion
            ? ImageStatus.Good
            : ImageStatus.UnknownVersion;
    }

    private static ImageStatus TryLocate(ReadOnlySpan<byte> file, out ElfHeader header)
    {
        header = default;
        ulong start = BinaryPrimitives.ReadUInt64LittleEndian(file[32..]);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(file[52..]);
        int headerSize = BinaryPrimitives.ReadUInt16LittleEndian(file[54..]);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file[56..]);
        if (size != Bytes || headerSize != ProgramHeader.Bytes)
        {
            return ImageStatus.BadHeaderSize;
        }

        if (count is 0 or > MostHeaders)
        {
            return ImageStatus.BadHeaderCount;
        }

        if (!FileRange.TryCreate(
            start, (ulong)(count * ProgramHeader.Bytes), file.Length, out FileRange range))
        {
            return ImageStatus.HeadersBeyondEnd;
        }

        ulong entry = BinaryPrimitives.ReadUInt64LittleEndian(file[24..]);
        header = new ElfHeader(entry, range.Of(file));
        return ImageStatus.Good;
    }
}
