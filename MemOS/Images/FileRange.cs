using System;

namespace MemOS.Images;

/// <summary>Bytes that were found to lie within a file.</summary>
internal readonly record struct FileRange
{
    private FileRange(int start, int bytes)
    {
        Start = start;
        Bytes = bytes;
    }

    internal int Start { get; }

    internal int Bytes { get; }

    internal int End => Start + Bytes;

    /// <summary>Checks a wish; an empty range may be wished for anywhere.</summary>
    internal static bool TryCreate(ulong start, ulong bytes, int fileBytes, out FileRange range)
    {
        range = default;
        if (bytes == 0)
        {
            return true;
        }

        if (bytes > (ulong)fileBytes || start > (ulong)fileBytes - bytes)
        {
            return false;
        }

        range = new FileRange((int)start, (int)bytes);
        return true;
    }

    internal bool Overlaps(FileRange other) => Start < other.End && other.Start < End;

    /// <summary>The smallest range that covers both.</summary>
    internal FileRange Join(FileRange other)
    {
        int start = Math.Min(Start, other.Start);
        return new FileRange(start, Math.Max(End, other.End) - start);
    }

    internal ReadOnlySpan<byte> Of(ReadOnlySpan<byte> file) => file.Slice(Start, Bytes);
}
