using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>Images of MemOS whose archive of programs is another one.</summary>
internal static class ChangedArchive
{
    private const string Archive = "/boot/programs.tar.gz";

    /// <summary>Makes an image.</summary>
    /// <param name="folder">Where it is put.</param>
    /// <param name="change">What becomes of the files of the archive.</param>
    /// <returns>The image's path.</returns>
    public static string MakeImage(
        RunFolder folder, Func<List<ArchiveFile>, List<ArchiveFile>> change)
    {
        string packed = Path.Combine(folder.FullPath, "programs.tar.gz");
        string image = Path.Combine(folder.FullPath, "changed.iso");
        Xorriso("-osirrox", "on", "-indev", KernelImages.MemOS, "-extract", Archive, packed);
        string changed = Path.Combine(folder.FullPath, "changed.tar.gz");
        using (GZipStream to = new(File.Create(changed), CompressionLevel.Fastest))
            Write(to, change(Read(packed)));
        Xorriso("-indev", KernelImages.MemOS, "-outdev", image, "-boot_image", "any", "replay",
            "-map", changed, Archive);
        return image;
    }

    private static List<ArchiveFile> Read(string packed)
    {
        List<ArchiveFile> files = [];
        using GZipStream from = new(File.OpenRead(packed), CompressionMode.Decompress);
        using TarReader reader = new(from);
        while (reader.GetNextEntry(copyData: true) is { } entry)
        {
            using MemoryStream content = new();
            entry.DataStream?.CopyTo(content);
            files.Add(new ArchiveFile(entry.Name, content.ToArray()));
        }
        return files;
    }

    private static void Write(Stream to, List<ArchiveFile> files)
    {
        using TarWriter writer = new(to, TarEntryFormat.Ustar);
        foreach (ArchiveFile file in files)
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, file.Name)
            {
                DataStream = new MemoryStream(file.Content),
            });
        }
    }

    private static void Xorriso(params string[] arguments)
    {
        ProcessStartInfo start = new("xorriso", arguments) { RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        string messages = process.StandardError.ReadToEnd();
        Assert.True(process.WaitForExit(TimeSpan.FromMinutes(2)), "xorriso hangs");
        Assert.True(process.ExitCode == 0, messages);
    }
}
