using System.Collections.Generic;

namespace IL2CPU;

/// <summary>What an image is for.</summary>
public enum ImageKind
{
    /// <summary>A kernel, booted by GRUB.</summary>
    Kernel,

    /// <summary>A program, started by a kernel.</summary>
    Program,
}

/// <summary>A build as the command line gives it.</summary>
public sealed record BuildOptions
{
    /// <summary>Kernel or program.</summary>
    public required ImageKind Kind { get; init; }

    /// <summary>Path of the assembly with the kernel class or Main.</summary>
    public required string Entry { get; init; }

    /// <summary>Paths of the assemblies it refers to, without the framework's.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Folder for what the build leaves.</summary>
    public required string Output { get; init; }

    /// <summary>Folder of the package with ILC.</summary>
    public required string IlcPackage { get; init; }

    /// <summary>Folder of the package with the framework's IL.</summary>
    public required string FrameworkPackage { get; init; }

    /// <summary>Seed of the order of functions; drawn at random when null.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The file to make: a kernel's ISO, a program's ELF file.</summary>
    public required string Target { get; init; }

    /// <summary>The GRUB configuration of the ISO.</summary>
    public string? GrubConfiguration { get; init; }

    /// <summary>Files for the ISO by their path on it.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }

    /// <summary>Programs for the archive, by name.</summary>
    public required IReadOnlyDictionary<string, string> Programs { get; init; }
}
