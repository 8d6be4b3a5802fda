using System;
using System.Text;
using Cosmos.TestRunner.Protocol;
using Xunit;

namespace MemOS.Tests.Target.Engine;

public sealed class FrameFormatTests
{
    private static readonly ResultFrame Sample = new(FrameKind.TestFailed, "Sorting", "größer");

    [Fact]
    public void The_check_value_is_the_standard_one() =>
        // The check value that every catalogue of CRCs gives for these nine digits.
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void A_frame_reads_back_as_it_was_written()
    {
        Assert.True(FrameFormat.TryDecode(FrameFormat.Encode(Sample), out ResultFrame frame));
        Assert.Equal(Sample, frame);
    }

    [Fact]
    public void Every_single_flipped_bit_is_noticed()
    {
        byte[] good = FrameFormat.Encode(Sample);
        for (int bit = 0; bit < good.Length * 8; bit++)
        {
            byte[] bad = (byte[])good.Clone();
            bad[bit / 8] ^= (byte)(1 << (bit % 8));
            // A hex digit may only change its case, which means the same frame.
            if (Encoding.ASCII.GetString(bad).Equals(
                Encoding.ASCII.GetString(good), StringComparison.OrdinalIgnoreCase)
                && FrameFormat.TryDecode(bad, out ResultFrame same))
            {
                Assert.Equal(Sample, same);
                continue;
            }

            Assert.False(FrameFormat.TryDecode(bad, out _), $"bit {bit}");
        }
    }

    [Fact]
    public void A_long_detail_is_cut_rather_than_lost()
    {
        ResultFrame frame = new(FrameKind.TestFailed, "Name", new string('x', 100_000));
        Assert.True(FrameFormat.TryDecode(FrameFormat.Encode(frame), out ResultFrame read));
        Assert.Equal("Name", read.Name);
        Assert.StartsWith("xxxx", read.Detail, StringComparison.Ordinal);
        Assert.InRange(read.Detail.Length, 1000, FrameFormat.PayloadLimit);
    }
}
