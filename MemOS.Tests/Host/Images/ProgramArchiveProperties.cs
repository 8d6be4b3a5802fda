using System;
using System.Linq;
using System.Text;
using MemOS.Images;

namespace MemOS.Tests.Host.Images;

public sealed class ProgramArchiveProperties
{
    private static readonly Gen<(string Name, byte[] Content)[]> _files = Gen.Select(
        Gen.Char["abcdefgh.-_"].Array[1, 40].Select(letters => new string(letters)),
        Gen.Byte.Array[0, 1100]).Array[0, 5];

    // The writer makes a file of no bytes at all of an archive without entries.
    private static readonly Gen<(string Name, byte[] Content)[]> _some =
        _files.Where(files => files.Length > 0);

    [Fact]
    public void What_was_packed_is_read_back() =>
        _files.Sample(
            files =>
            {
                byte[] archive = ArchiveBuilder.Of(files);
                var read = ArchiveBuilder.Files(archive);
                return read.Count == files.Length
                    && read.Zip(files).All(pair =>
                        pair.First.Name == pair.Second.Name
                        && pair.First.Content.AsSpan().SequenceEqual(pair.Second.Content));
            },
            iter: 200);

    [Fact]
    public void A_damaged_archive_gives_only_files_that_lie_within_it() =>
        Gen.Select(_some, Gen.Select(Gen.Int[0, 9999], Gen.Byte).Array[0, 6], Gen.Int[0, 3000])
            .Sample(
                (files, changes, cut) =>
                {
                    byte[] archive = ArchiveBuilder.Of(files);
                    foreach ((int place, byte value) in changes)
                    {
                        archive[place % archive.Length] = value;
                    }

                    CheckWithin(archive[..Math.Max(0, archive.Length - Math.Max(0, cut - 1500))]);
                },
                iter: 2000);

    [Fact]
    public void A_damaged_header_with_a_right_checksum_gives_only_files_within_the_archive() =>
        Gen.Select(
            _some,
            Gen.Select(Gen.Int[0, 511], Gen.Byte).Array[1, 4],
            Gen.Select(Gen.Int[0, 11], Gen.Char["01234567 \0"]).Array[0, 3])
            .Sample(
                (files, changes, digits) =>
                {
                    byte[] archive = ArchiveBuilder.Of(files);
                    foreach ((int place, byte value) in changes)
                    {
                        archive[place] = value;
                    }

                    foreach ((int place, char digit) in digits)
                    {
                        archive[124 + place] = (byte)digit;
                    }

                    ArchiveBuilder.Seal(archive, 0);
                    CheckWithin(archive);
                },
                iter: 2000);

    /// <summary>What is found in an archive, whatever it is, lies in it.</summary>
    internal static void CheckWithin(byte[] archive)
    {
        int end = 0;
        int count = 0;
        foreach (ArchiveEntry entry in new ProgramArchive(archive))
        {
            string name = entry.Name.ToString();
            Assert.InRange(name.Length, 1, 256);
            Assert.All(name, letter => Assert.InRange(letter, ' ', '~'));
            Assert.True(entry.Name.Is(name));
            Assert.Equal(name, Encoding.ASCII.GetString(Copy(entry.Name)));
            Assert.True(new ProgramArchive(archive).TryFind(name, out _));
            int start = entry.Start;
            Assert.True(start >= end + 512 && start % 512 == 0);
            Assert.True(archive.AsSpan(start, entry.Content.Length) == entry.Content
                || entry.Content.IsEmpty);
            end = start + entry.Content.Length;
            Assert.True(end <= archive.Length);
            count++;
        }

        new ProgramArchive(archive).Check(out int files);
        Assert.Equal(count, files);
    }

    private static byte[] Copy(ArchiveName name)
    {
        byte[] bytes = new byte[name.Length];
        Assert.True(name.TryCopyTo(bytes));
        return bytes;
    }
}
