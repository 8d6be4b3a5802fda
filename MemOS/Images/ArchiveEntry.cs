using System;

namespace MemOS.Images;

/// <summary>A regular file in an archive. It is read in place.</summary>
public readonly ref struct ArchiveEntry
{
    internal ArchiveEntry(ArchiveName name, int start, ReadOnlySpan<byte> content)
    {
        Name = name;
        Start = start;
        Content = content;
    }

    /// <summary>The file's name.</summary>
    public ArchiveName Name { get; }

    /// <summary>
    /// Bytes from the archive's start to the file's: a multiple of 512. An empty file has one too.
    /// </summary>
    public int Start { get; }

    /// <summary>The file's bytes.</summary>
    public ReadOnlySpan<byte> Content { get; }
}
