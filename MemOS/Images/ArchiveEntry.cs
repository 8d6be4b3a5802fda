using System;

namespace MemOS.Images;

/// <summary>A regular file in an archive. It is read in place.</summary>
public readonly ref struct ArchiveEntry
{
    internal ArchiveEntry(ArchiveName name, ReadOnlySpan<byte> content)
    {
        Name = name;
        Content = content;
    }

    /// <summary>The file's name.</summary>
    public ArchiveName Name { get; }

    /// <summary>The file's bytes; they start at a multiple of 512 in the archive.</summary>
    public ReadOnlySpan<byte> Content { get; }
}
