using System;
using System.Collections.Generic;
using System.Text;
using Cosmos.TestRunner.Engine.Serial;
using Cosmos.TestRunner.Protocol;
using Xunit;

namespace MemOS.Tests.Target.Engine;

public sealed class FrameDecoderTests
{
    private readonly FrameDecoder _decoder = new();
    private readonly List<byte> _text = [];
    private readonly List<ResultFrame> _frames = [];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Frames_are_found_amid_text_however_the_bytes_are_cut(int step)
    {
        ResultFrame frame = new(FrameKind.TestPassed, "Arrays", "");
        byte[] bytes = [.. "before"u8, .. FrameFormat.Encode(frame), .. "after"u8];

        for (int i = 0; i < bytes.Length; i += step)
            Feed(bytes.AsSpan(i, Math.Min(step, bytes.Length - i)));

        Assert.Equal([frame], _frames);
        Assert.Equal("beforeafter", Encoding.UTF8.GetString([.. _text]));
        Assert.Equal(0, _decoder.Damaged);
    }

    [Fact]
    public void A_damaged_frame_is_counted_and_the_next_one_still_read()
    {
        ResultFrame frame = new(FrameKind.TestPassed, "Arrays", "");
        byte[] bad = FrameFormat.Encode(frame);
        bad[10] ^= 1;

        Feed([.. bad, .. FrameFormat.Encode(frame)]);

        Assert.Equal([frame], _frames);
        Assert.Equal(1, _decoder.Damaged);
    }

    [Fact]
    public void A_frame_cut_by_other_output_is_counted_and_the_next_one_still_read()
    {
        ResultFrame frame = new(FrameKind.TestPassed, "Arrays", "");
        byte[] whole = FrameFormat.Encode(frame);

        Feed([.. whole[..12], .. "interrupt"u8, .. whole[12..], .. whole]);

        Assert.Equal([frame], _frames);
        Assert.Equal(1, _decoder.Damaged);
    }

    [Fact]
    public void A_stray_start_byte_is_text()
    {
        Feed([.. "a\u0001b and more text\u0001"u8, .. "\u0001 the end of it"u8]);
        Assert.Empty(_frames);
        Assert.StartsWith("a\u0001b and more text", Encoding.UTF8.GetString([.. _text]),
            StringComparison.Ordinal);
        Assert.Equal(0, _decoder.Damaged);
    }

    private void Feed(ReadOnlySpan<byte> bytes) => _decoder.Feed(bytes, _text, _frames);
}
