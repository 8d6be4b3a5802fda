using System;

namespace MemOS.Images;

/// <summary>
/// The block before each entry of a ustar archive (POSIX.1-1988, 10.1.1). Its fields are text:
/// numbers are octal.
/// </summary>
internal readonly ref struct UstarHeader
{
    /// <summary>Bytes of a header; contents are padded to a multiple of it too.</summary>
    internal const int Bytes = 512;

    private const int ChecksumStart = 148;
    private const int ChecksumBytes = 8;
    private const int TypeStart = 156;

    private UstarHeader(ArchiveName name, ulong size, byte type)
    {
        Name = name;
        Size = size;
        Type = type;
    }

    internal ArchiveName Name { get; }

    /// <summary>Bytes in the file, by what the header says.</summary>
    internal ulong Size { get; }

    /// <summary>Whether it is a regular file; '7' (contiguous) may be taken for one.</summary>
    internal bool IsFile => Type is 0 or (byte)'0' or (byte)'7';

    /// <summary>Whether it is a link, directory, device or pipe: no content follows.</summary>
    internal bool IsOther => Type is >= (byte)'1' and <= (byte)'6';

    private byte Type { get; }

    /// <summary>Reads a header, and checks all but whether the content fits.</summary>
    /// <param name="block">The 512 bytes.</param>
    /// <param name="header">The header, when it is good.</param>
    internal static ArchiveStatus TryRead(ReadOnlySpan<byte> block, out UstarHeader header)
    {
        header = default;
        if (!block.Slice(257, 6).SequenceEqual("ustar\0"u8))
        {
            return ArchiveStatus.NotUstar;
        }

        if (!block.Slice(263, 2).SequenceEqual("00"u8))
        {
            return ArchiveStatus.UnknownVersion;
        }

        if (!HasRightChecksum(block))
        {
            return ArchiveStatus.BadChecksum;
        }

        if (!TryReadOctal(block.Slice(124, 12), out ulong size))
        {
            return ArchiveStatus.BadSize;
        }

        ArchiveName name = new(Text(block.Slice(345, 155)), Text(block[..100]));
        header = new UstarHeader(name, size, block[TypeStart]);
        if (!name.IsPrintable)
        {
            return ArchiveStatus.BadName;
        }

        return header.IsFile || header.IsOther ? ArchiveStatus.Good : ArchiveStatus.UnknownType;
    }

    // A text that fills its field has no zero after it.
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    // The sum of all bytes, those of the checksum itself counted as spaces.
    private static bool HasRightChecksum(ReadOnlySpan<byte> block)
    {
        ReadOnlySpan<byte> field = block.Slice(ChecksumStart, ChecksumBytes);
        ulong sum = Sum(block) - Sum(field) + (ChecksumBytes * ' ');
        return TryReadOctal(field, out ulong expected) && expected == sum;
    }

    private static ulong Sum(ReadOnlySpan<byte> bytes)
    {
        ulong sum = 0;
        foreach (byte one in bytes)
        {
            sum += one;
        }

        return sum;
    }

    // Digits, then spaces or zeros. Some writers pad with spaces in front. A field has at most 12
    // digits, so there is no overflow.
    private static bool TryReadOctal(ReadOnlySpan<byte> field, out ulong value)
    {
        value = 0;
        field = field.TrimStart((byte)' ');
        int digits = 0;
        while (digits < field.Length && field[digits] is >= (byte)'0' and <= (byte)'7')
        {
            value = (value << 3) | (uint)(field[digits] - '0');
            digits++;
        }

        return digits > 0 && !field[digits..].ContainsAnyExcept((byte)' ', (byte)0);
    }
}
