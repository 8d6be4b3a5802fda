namespace MemOS.Images;

/// <summary>What an archive is found to be: good, or what is wrong with it.</summary>
public enum ArchiveStatus : byte
{
    /// <summary>Nothing is wrong as far as it was read.</summary>
    Good = 0,

    /// <summary>It stops before the two blocks of zeros that end an archive.</summary>
    MissingEnd,

    /// <summary>A header does not bear the sign of a ustar archive.</summary>
    NotUstar,

    /// <summary>A header's version is not 00.</summary>
    UnknownVersion,

    /// <summary>A header's bytes do not add up to its checksum.</summary>
    BadChecksum,

    /// <summary>A name is empty, or has characters other than printable ASCII.</summary>
    BadName,

    /// <summary>A size is not an octal number.</summary>
    BadSize,

    /// <summary>A file is larger than what is left of the archive.</summary>
    ContentBeyondEnd,

    /// <summary>An entry is of a type that the 1988 standard does not have.</summary>
    UnknownType,
}

/// <summary>What is wrong with an archive, in words.</summary>
public static class ArchiveStatusText
{
    /// <summary>A sentence for the log.</summary>
    public static string Of(ArchiveStatus status) => status switch
    {
        ArchiveStatus.Good => "The archive is good.",
        ArchiveStatus.MissingEnd => "The archive is cut short: its end is missing.",
        ArchiveStatus.NotUstar => "A header of the archive is not one of a ustar archive.",
        ArchiveStatus.UnknownVersion => "The archive's version of ustar is unknown.",
        ArchiveStatus.BadChecksum => "The checksum of a header of the archive is wrong.",
        ArchiveStatus.BadName => "The name of a file in the archive is not printable ASCII.",
        ArchiveStatus.BadSize => "The size of a file in the archive is not a number.",
        ArchiveStatus.ContentBeyondEnd => "A file in the archive reaches beyond its end.",
        ArchiveStatus.UnknownType => "The archive has an entry of an unknown type.",
        _ => "The archive is bad for an unknown reason.",
    };
}
