using System;
using System.Formats.Tar;
using System.Linq;
using MemOS.Images;

namespace MemOS.Tests.Host.Images;

public sealed class ProgramArchiveTests
{
    private static readonly byte[] _two =
        ArchiveBuilder.Of(("hello", ArchiveBuilder.Bytes(700)), ("shell", [1, 2, 3]));

    [Fact]
    public void Every_file_is_found_under_its_name()
    {
        ProgramArchive archive = new(_two);
        Assert.True(archive.TryFind("hello", out ReadOnlySpan<byte> hello));
        Assert.Equal(ArchiveBuilder.Bytes(700), hello.ToArray());
        Assert.True(archive.TryFind("shell", out ReadOnlySpan<byte> shell));
        Assert.Equal([1, 2, 3], shell.ToArray());
        Assert.Equal(ArchiveStatus.Good, archive.Check(out int files));
        Assert.Equal(2, files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hell")]
    [InlineData("hello ")]
    [InlineData("Hello")]
    [InlineData("hello\0")]
    [InlineData("héllo")]
    public void No_other_name_is_found(string name)
    {
        Assert.False(new ProgramArchive(_two).TryFind(name, out ReadOnlySpan<byte> file));
        Assert.True(file.IsEmpty);
    }

    [Fact]
    public void A_long_name_is_joined_from_its_two_parts()
    {
        string name = new string('a', 90) + "/" + new string('b', 100);
        byte[] bytes = ArchiveBuilder.Of((name, [9]));
        ProgramArchive archive = new(bytes);
        Assert.True(archive.TryFind(name, out _));
        Assert.False(archive.TryFind(name.Replace('/', '.'), out _));
        Assert.False(archive.TryFind(name.AsSpan(91), out _));
        Assert.Equal(name, ArchiveBuilder.Files(bytes).Single().Name);
    }

    [Fact]
    public void A_name_is_copied_only_where_it_fits()
    {
        foreach (ArchiveEntry entry in new ProgramArchive(ArchiveBuilder.Of(("abc", []))))
        {
            byte[] target = new byte[3];
            Assert.False(entry.Name.TryCopyTo(target.AsSpan(1)));
            Assert.Equal(new byte[3], target);
            Assert.True(entry.Name.TryCopyTo(target));
            Assert.Equal("abc"u8, target);
            Assert.Equal(3, entry.Name.Length);
        }
    }

    [Fact]
    public void The_first_of_two_files_of_a_name_counts()
    {
        ProgramArchive archive = new(ArchiveBuilder.Of(("a", [1]), ("a", [2])));
        Assert.True(archive.TryFind("a", out ReadOnlySpan<byte> file));
        Assert.Equal([1], file.ToArray());
    }

    [Fact]
    public void Directories_and_links_are_left_out()
    {
        byte[] archive = ArchiveBuilder.OfEntries(
            new UstarTarEntry(TarEntryType.Directory, "d"),
            new UstarTarEntry(TarEntryType.SymbolicLink, "s") { LinkName = "f" },
            new UstarTarEntry(TarEntryType.RegularFile, "f"));
        Assert.Equal("f", ArchiveBuilder.Files(archive).Single().Name);
        Assert.Equal(ArchiveStatus.Good, new ProgramArchive(archive).Check(out _));
    }

    [Fact]
    public void An_archive_without_files_is_good()
    {
        Assert.Equal(ArchiveStatus.Good, new ProgramArchive(new byte[1024]).Check(out int files));
        Assert.Equal(0, files);
    }

    [Theory]
    [InlineData(257, "ustar ", ArchiveStatus.NotUstar)]
    [InlineData(263, "01", ArchiveStatus.UnknownVersion)]
    [InlineData(124, "0000000008\0", ArchiveStatus.BadSize)]
    [InlineData(124, "\0\0\0\0\0\0\0\0\0\0\0\0", ArchiveStatus.BadSize)]
    [InlineData(124, "0000001\00001", ArchiveStatus.BadSize)]
    [InlineData(124, "77777777777\0", ArchiveStatus.ContentBeyondEnd)]
    [InlineData(124, "777777777777", ArchiveStatus.ContentBeyondEnd)]
    [InlineData(0, "\0", ArchiveStatus.BadName)]
    [InlineData(2, "\u001B", ArchiveStatus.BadName)]
    [InlineData(2, "\u007F", ArchiveStatus.BadName)]
    [InlineData(345, "\u00E4", ArchiveStatus.BadName)]
    [InlineData(156, "x", ArchiveStatus.UnknownType)]
    [InlineData(156, "8", ArchiveStatus.UnknownType)]
    public void A_damaged_header_ends_the_walk(int field, string text, ArchiveStatus status)
    {
        int second = 3 * ArchiveBuilder.Block;
        byte[] damaged = ArchiveBuilder.Patch(_two, second + field, text);
        Assert.Equal(status, new ProgramArchive(damaged).Check(out int files));
        Assert.Equal(1, files);
        Assert.False(new ProgramArchive(damaged).TryFind("shell", out _));
        Assert.True(new ProgramArchive(damaged).TryFind("hello", out _));
    }

    [Fact]
    public void A_size_padded_with_spaces_is_a_size()
    {
        byte[] archive = ArchiveBuilder.Patch(_two, 124, "       1274 ");
        Assert.Equal(700, ArchiveBuilder.Files(archive)[0].Content.Length);
    }

    [Fact]
    public void A_changed_byte_breaks_the_checksum()
    {
        byte[] damaged = (byte[])_two.Clone();
        damaged[3]++;
        Assert.Equal(ArchiveStatus.BadChecksum, new ProgramArchive(damaged).Check(out int files));
        Assert.Equal(0, files);
    }

    [Fact]
    public void An_archive_that_is_cut_has_only_the_files_before_the_cut()
    {
        for (int length = 0; length < _two.Length; length++)
        {
            ArchiveStatus status = new ProgramArchive(_two.AsSpan(0, length)).Check(out int files);
            Assert.Equal(
                length < 1024 ? ArchiveStatus.MissingEnd
                    : length < 3 * 512 ? ArchiveStatus.ContentBeyondEnd
                    : length < 7 * 512 ? ArchiveStatus.MissingEnd : ArchiveStatus.Good,
                status);
            Assert.Equal(length < 3 * 512 ? 0 : length < 5 * 512 ? 1 : 2, files);
        }
    }

    [Fact]
    public void A_walk_that_ended_stays_ended()
    {
        byte[] damaged = ArchiveBuilder.Patch(_two, 156, "x");
        ProgramArchive.Enumerator walk = new ProgramArchive(damaged).GetEnumerator();
        Assert.False(walk.MoveNext());
        Assert.False(walk.MoveNext());
        Assert.Equal(ArchiveStatus.UnknownType, walk.Status);
    }

    [Fact]
    public void Every_status_has_a_sentence_of_its_own()
    {
        ArchiveStatus[] all = Enum.GetValues<ArchiveStatus>();
        string[] texts =
            [.. all.Select(ArchiveStatusText.Of), ArchiveStatusText.Of((ArchiveStatus)99)];
        Assert.Equal(all.Length + 1, texts.Distinct().Count());
    }
}
