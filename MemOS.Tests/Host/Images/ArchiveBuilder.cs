using System;
using System.Collections.Generic;
using System.Formats.Tar;
using System.IO;
using System.Text;

namespace MemOS.Tests.Host.Images;

/// <summary>Makes archives with .NET's own writer, as the build does.</summary>
internal static class ArchiveBuilder
{
    internal const int Block = 512;

    internal static byte[] Of(params (string Name, byte[] Content)[] files)
    {
        MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                });
            }
        }

        return archive.ToArray();
    }

    internal static byte[] OfEntries(params TarEntry[] entries)
    {
        MemoryStream archive = new();
        using (TarWriter writer = new(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (TarEntry entry in entries)
            {
                writer.WriteEntry(entry);
            }
        }

        return archive.ToArray();
    }

    /// <summary>Puts text into a header, and makes its checksum right again.</summary>
    internal static byte[] Patch(byte[] archive, int offset, string text)
    {
        byte[] patched = (byte[])archive.Clone();
        Encoding.Latin1.GetBytes(text).CopyTo(patched, offset);
        Seal(patched, offset / Block * Block);
        return patched;
    }

    internal static void Seal(byte[] archive, int header)
    {
        Array.Fill(archive, (byte)' ', header + 148, 8);
        int sum = 0;
        for (int i = 0; i < Block; i++)
        {
            sum += archive[header + i];
        }

        string digits = Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ";
        Encoding.ASCII.GetBytes(digits).CopyTo(archive, header + 148);
    }

    internal static byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)(i * 7);
        }

        return bytes;
    }

    internal static List<(string Name, byte[] Content)> Files(ReadOnlySpan<byte> archive)
    {
        List<(string, byte[])> files = [];
        foreach (MemOS.Images.ArchiveEntry entry in new MemOS.Images.ProgramArchive(archive))
        {
            files.Add((entry.Name.ToString(), entry.Content.ToArray()));
        }

        return files;
    }
}
