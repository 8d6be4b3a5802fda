namespace MemOS.Tests.Target.Booted;

/// <summary>A file of the archive of programs.</summary>
/// <param name="Name">The program's name.</param>
/// <param name="Content">The file's bytes.</param>
internal sealed record ArchiveFile(string Name, byte[] Content);
