using System;

namespace MemOS.Images;

/// <summary>
/// The programs that come with the system: a ustar archive (POSIX.1-1988, 10.1.1), read in place.
/// What is before a damaged place can be used, what is after it cannot.
/// </summary>
/// <param name="bytes">The archive, which must not change.</param>
public readonly ref struct ProgramArchive(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Starts at the first file. Entries other than regular files are left out.</summary>
    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>Finds the first file of a name.</summary>
    /// <param name="name">The whole name; capitals count.</param>
    /// <param name="file">The file's bytes.</param>
    /// <returns>Whether there is one before the end or a damaged place.</returns>
    public bool TryFind(ReadOnlySpan<char> name, out ReadOnlySpan<byte> file)
    {
        foreach (ArchiveEntry entry in this)
        {
            if (entry.Name.Is(name))
            {
                file = entry.Content;
                return true;
            }
        }

        file = default;
        return false;
    }

    /// <summary>Reads all headers.</summary>
    /// <param name="files">How many files can be found.</param>
    /// <returns>Good, or what is wrong at the first damaged place.</returns>
    public ArchiveStatus Check(out int files)
    {
        files = 0;
        Enumerator entries = GetEnumerator();
        while (entries.MoveNext())
        {
            files++;
        }

        return entries.Status;
    }

    /// <summary>Walks the files in the order of the archive.</summary>
    public ref struct Enumerator
    {
        private readonly int _length;
        private ReadOnlySpan<byte> _rest;

        internal Enumerator(ReadOnlySpan<byte> archive)
        {
            _length = archive.Length;
            _rest = archive;
            Current = default;
            Status = ArchiveStatus.Good;
        }

        /// <summary>The file; valid after a step that found one.</summary>
        public ArchiveEntry Current { get; private set; }

        /// <summary>What ended the walk: Good for the end of the archive.</summary>
        public ArchiveStatus Status { get; private set; }

        /// <summary>Goes to the next file, if there is one.</summary>
        public bool MoveNext()
        {
            while (TryTakeHeader(out UstarHeader header))
            {
                if (!header.IsFile)
                {
                    continue;
                }

                int start = _length - _rest.Length;
                if (!TryTakeContent(header.Size, out ReadOnlySpan<byte> content))
                {
                    return End(ArchiveStatus.ContentBeyondEnd);
                }

                Current = new ArchiveEntry(header.Name, start, content);
                return true;
            }

            return false;
        }

        private bool TryTakeHeader(out UstarHeader header)
        {
            header = default;
            if (Status != ArchiveStatus.Good || _rest.Length < 2 * UstarHeader.Bytes)
            {
                return End(ArchiveStatus.MissingEnd);
            }

            if (!_rest[..(2 * UstarHeader.Bytes)].ContainsAnyExcept((byte)0))
            {
                // Stays here, so that another step finds the end again.
                return false;
            }

            ArchiveStatus status = UstarHeader.TryRead(_rest[..UstarHeader.Bytes], out header);
            if (status != ArchiveStatus.Good)
            {
                return End(status);
            }

            _rest = _rest[UstarHeader.Bytes..];
            return true;
        }

        private bool TryTakeContent(ulong size, out ReadOnlySpan<byte> content)
        {
            content = default;
            ulong padded = (size + UstarHeader.Bytes - 1) & ~(ulong)(UstarHeader.Bytes - 1);
            if (padded > (ulong)_rest.Length)
            {
                return false;
            }

            content = _rest[..(int)size];
            _rest = _rest[(int)padded..];
            return true;
        }

        // The first damage is the one that counts.
        private bool End(ArchiveStatus status)
        {
            Status = Status == ArchiveStatus.Good ? status : Status;
            Current = default;
            _rest = default;
            return false;
        }
    }
}
