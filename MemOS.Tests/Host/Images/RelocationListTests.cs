using System.Linq;
using MemOS.Images;
using static MemOS.Tests.Host.Images.ElfBuilder;

namespace MemOS.Tests.Host.Images;

public sealed class RelocationListTests
{
    [Fact]
    public void Relocations_of_all_tables_are_given()
    {
        ElfBuilder builder = new()
        {
            Rela = { (Data, 8, 0x1010), (DataEnd - 8, 8, ulong.MaxValue) },
            Plt = { (Data + 24, 8, 7) },
            Relr = { DataEnd - 16 },
        };
        AssertGives(
            builder, new(Data, 0x1010), new(DataEnd - 8, ulong.MaxValue), new(Data + 24, 7),
            new(DataEnd - 16, 0));
    }

    [Fact]
    public void A_relocation_of_nothing_is_left_out() =>
        AssertGives(
            new ElfBuilder { Rela = { (0, 0, 0), (Data + 3, 8, 1), (0, 0, 0) } },
            new Relocation(Data + 3, 1));

    [Fact]
    public void Tables_that_overlap_give_each_entry_once()
    {
        // What GNU ld says when .rela.plt and .rela.dyn are in one section.
        ElfBuilder builder = new()
        {
            Rela = { (Data, 8, 1), (Data + 8, 8, 2), (Data + 16, 8, 3), (0, 0, 0) },
            Plt = { (Data + 24, 8, 4) },
        };
        builder.Retag(23, RelaStart).Retag(2, 4 * 24)
            .Retag(7, RelaStart + 24).Retag(8, 3 * 24);
        AssertGives(builder, new(Data, 1), new(Data + 8, 2), new(Data + 16, 3));
    }

    [Fact]
    public void A_table_without_entries_needs_no_place() =>
        AssertGives(
            new ElfBuilder { Rela = { (Data, 8, 1) } }.Retag(8, 0).Retag(7, ulong.MaxValue));

    [Fact]
    public void The_last_entry_may_end_where_the_segment_ends_in_the_file()
    {
        ElfBuilder builder = new() { Rela = { (Data, 8, 1) } };
        builder.Change(2, h => h with { FileBytes = 24 });
        AssertGives(builder, new Relocation(Data, 1));
        builder.Change(2, h => h with { FileBytes = 23 });
        Assert.Equal(
            ImageStatus.TableBeyondSegment, ElfImage.TryParse(builder.Build(), out _));
    }

    [Fact]
    public void Bitmaps_stand_for_the_words_after_an_address()
    {
        ElfBuilder builder = new()
        {
            // The address, words 1 and 3 after it, then words 64 and 126 after it; a new address.
            Relr = { Data, 0b1011, 1 | (1ul << 1) | (1ul << 63), DataEnd - 8 },
        };
        ulong[] places =
            [Data, Data + 8, Data + 24, Data + (64 * 8), Data + (126 * 8), DataEnd - 8];
        ElfImage.TryParse(builder.Build(), out ElfImage image);
        Assert.Equal(places, ElfOracle.Relocations(image).Select(one => one.Offset));
    }

    [Fact]
    public void A_packed_relocation_adds_to_what_the_place_holds()
    {
        byte[] file = new ElfBuilder
        {
            Relr = { Data + 0x3F0, 3, Data + 0x3FC, DataEnd - 8 },
        }.Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        ulong[] addends = [.. ElfOracle.Relocations(image).Select(one => one.Addend)];
        int end = DataStart + DataBytes;
        Assert.Equal(System.BitConverter.ToUInt64(file, end - 16), addends[0]);
        Assert.Equal(System.BitConverter.ToUInt64(file, end - 8), addends[1]);

        // Half of it in the file, half beyond.
        Assert.Equal(System.BitConverter.ToUInt32(file, end - 4), addends[2]);
        Assert.Equal(0ul, addends[3]);
        Assert.NotEqual(0ul, addends[0]);
    }

    private static void AssertGives(ElfBuilder builder, params Relocation[] expected)
    {
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(builder.Build(), out ElfImage image));
        Assert.Equal(expected, ElfOracle.Relocations(image));
    }
}
