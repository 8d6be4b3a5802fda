using System;
using System.Linq;
using MemOS.Images;
using MemOS.Memory;
using MemOS.Memory.Contracts;

namespace MemOS.Tests.Host.Images;

public sealed class ElfImageTests
{
    [Fact]
    public void A_program_is_described_as_it_was_built()
    {
        byte[] file = new ElfBuilder().Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        Assert.Equal(0x1010ul, image.Entry);
        Assert.Equal(6ul, image.Pages.Value);
        Assert.Equal(4, image.SegmentCount);
        AssertSegment(image.Segment(0), 0, 1, PageRights.Read, 0, 0x300, 0);
        AssertSegment(image.Segment(1), 1, 1, PageRights.ReadExecute, 0x1000, 0x800, 0);
        AssertSegment(image.Segment(2), 2, 1, PageRights.Read, 0x2000, 0xF00, 0);
        AssertSegment(
            image.Segment(3), 4, 2, PageRights.ReadWrite, ElfBuilder.DataStart,
            ElfBuilder.DataBytes, 0x10);
        Assert.True(image.Content(image.Segment(3)).SequenceEqual(
            file.AsSpan(ElfBuilder.DataStart, ElfBuilder.DataBytes)));
    }

    [Fact]
    public void Every_fault_is_named()
    {
        foreach ((int number, (ImageStatus status, byte[] file)) in ElfRefusals.All.Index())
        {
            ImageStatus found = ElfImage.TryParse(file, out ElfImage image);
            Assert.Equal((number, status), (number, found));
            Assert.Equal(0, image.SegmentCount);
            Assert.Equal(0ul, image.Pages.Value);
        }
    }

    [Fact]
    public void Every_reason_has_a_program_that_is_refused_for_it() =>
        Assert.Equal(
            Enum.GetValues<ImageStatus>().Except([ImageStatus.Good]),
            ElfRefusals.All.Select(refusal => refusal.Status).Distinct().Order());

    [Fact]
    public void Every_reason_has_a_sentence_of_its_own()
    {
        ImageStatus[] all = [.. Enum.GetValues<ImageStatus>(), (ImageStatus)255];
        Assert.Equal(all.Length, all.Select(ImageStatusText.Of).Distinct().Count());
        Assert.All(all, status => Assert.EndsWith(".", ImageStatusText.Of(status)));
    }

    [Fact]
    public void The_most_segments_are_accepted()
    {
        byte[] file = ElfRefusals.Many(ElfImage.MostSegments).Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        Assert.Equal(ElfImage.MostSegments, image.SegmentCount);
    }

    [Fact]
    public void The_largest_program_is_accepted()
    {
        ElfBuilder builder = new();
        builder.Change(ElfBuilder.DataHeader, h => h with
        {
            MemoryBytes = ElfImage.MostBytes - ElfBuilder.Data,
        });
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(builder.Build(), out ElfImage image));
        Assert.Equal(ElfImage.MostBytes, image.Pages.Bytes);
    }

    [Theory]
    [InlineData(1u, "r-x")]
    [InlineData(5u, "r-x")]
    [InlineData(4u, "r--")]
    [InlineData(2u, "rw-")]
    [InlineData(6u, "rw-")]
    public void Rights_are_those_asked_for_with_reading_added(uint flags, string rights)
    {
        byte[] file = new ElfBuilder().Change(3, h => h with { Flags = flags }).Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        Assert.Equal(rights, image.Segment(3).Rights.ToString());
    }

    [Fact]
    public void A_segment_of_zeros_alone_may_have_any_place_in_the_file()
    {
        byte[] file = new ElfBuilder().Change(3, h => h with
        {
            FileBytes = 0,
            FileStart = 0x7FFFFFFFFFFFF010,
        }).Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        Assert.True(image.Content(image.Segment(3)).IsEmpty);
        Assert.Equal(2ul, image.Segment(3).Pages.Value);
    }

    [Fact]
    public void An_empty_segment_takes_no_room()
    {
        byte[] file = new ElfBuilder().Change(2, h => h with
        {
            FileStart = 0,
            Address = 0,
            FileBytes = 0,
            MemoryBytes = 0,
            Alignment = 0,
        }).Build();
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(file, out ElfImage image));
        Assert.Equal(3, image.SegmentCount);
    }

    [Fact]
    public void A_program_without_a_dynamic_section_has_no_relocations()
    {
        ElfBuilder builder = new();
        builder.Headers.RemoveAll(header => header.Type == 2);
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(builder.Build(), out ElfImage image));
        Assert.Empty(ElfOracle.Relocations(image));
    }

    [Fact]
    public void A_stack_that_is_not_executable_is_accepted()
    {
        ElfBuilder builder = new() { Headers = { new(0x6474E551, 6, 0, 0, 0, 0, 16) } };
        Assert.Equal(ImageStatus.Good, ElfImage.TryParse(builder.Build(), out _));
    }

    [Fact]
    public void A_segment_that_is_not_there_is_not_given()
    {
        ElfImage.TryParse(new ElfBuilder().Build(), out ElfImage image);
        bool isBroken = false;
        try
        {
            image.Segment(4);
        }
        catch (ContractBrokenException)
        {
            isBroken = true;
        }

        Assert.True(isBroken);
    }

    private static void AssertSegment(
        in ElfSegment segment, ulong offset, ulong pages, PageRights rights, int fileOffset,
        int fileBytes, int offsetInPage)
    {
        Assert.Equal(offset, segment.Offset.Value);
        Assert.Equal(pages, segment.Pages.Value);
        Assert.Equal(rights, segment.Rights);
        Assert.Equal(fileOffset, segment.FileOffset);
        Assert.Equal(fileBytes, segment.FileBytes);
        Assert.Equal(offsetInPage, segment.OffsetInPage);
    }
}
