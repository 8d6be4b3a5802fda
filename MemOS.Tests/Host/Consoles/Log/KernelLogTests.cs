using System;
using System.Text;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Log;

[Collection(CountsAllocations.Name)]
public sealed class KernelLogTests
{
    private readonly FixedClock _clock = new();
    private readonly TextMirror _mirror = new();
    private readonly KernelLog _log;

    public KernelLogTests() => _log = new KernelLog(100) { Clock = _clock, Mirror = _mirror };

    [Theory]
    [InlineData(0UL, "[  0.000000] x\n")]
    [InlineData(1_234_567_890UL, "[  1.234567] x\n")]
    [InlineData(999_999UL, "[  0.000999] x\n")]
    [InlineData(12_345_000_001_000UL, "[12345.000001] x\n")]
    [InlineData(ulong.MaxValue, "[18446744073.709551] x\n")]
    public void A_line_begins_with_its_time_in_seconds(ulong nanoseconds, string line)
    {
        _clock.Nanoseconds = nanoseconds;
        _log.Write(LogLevel.Info, "x");
        Assert.Equal(line, Newest(100));
    }

    [Fact]
    public void Lines_that_matter_enough_are_mirrored()
    {
        _log.MirrorLevel = LogLevel.Warning;
        foreach (LogLevel level in Enum.GetValues<LogLevel>())
            _log.Write(level, level.ToString());
        Assert.Equal("[  0.000000] Error\n[  0.000000] Warning\n", _mirror.Text);
    }

    [Fact]
    public void Several_lines_each_have_a_time()
    {
        _log.Write(LogLevel.Info, "a\nb");
        Assert.Equal("[  0.000000] a\n[  0.000000] b\n", Newest(100));
    }

    [Fact]
    public void The_oldest_lines_are_lost_whole()
    {
        for (char name = 'a'; name <= 'h'; name++)
            _log.Write(LogLevel.Info, [name]);
        string kept = Newest(100);
        Assert.Equal(6 * 15, kept.Length);
        Assert.StartsWith("[  0.000000] c\n", kept, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "")]
    [InlineData(14, "")]
    [InlineData(15, "[  0.000000] b\n")]
    [InlineData(29, "[  0.000000] b\n")]
    [InlineData(30, "[  0.000000] a\n[  0.000000] b\n")]
    public void A_copy_begins_at_the_start_of_a_line(int room, string copied)
    {
        _log.Write(LogLevel.Info, "a");
        _log.Write(LogLevel.Info, "b");
        Assert.Equal(copied, Newest(room));
    }

    [Fact]
    public void A_line_longer_than_the_log_is_cut_between_characters()
    {
        _log.Write(LogLevel.Info, new string('€', 50));
        string kept = Newest(100);
        Assert.Equal("[  0.000000] " + new string('€', 28) + "\n", kept);
        Assert.Equal(kept, _mirror.Text);
    }

    [Fact]
    public void Escape_sequences_do_not_get_in()
    {
        _log.Write(LogLevel.Info, "a\u001B[2J\u009Bb\r");
        Assert.Equal("[  0.000000] a?[2J?b?\n", Newest(100));
    }

    [Fact]
    public void Half_a_surrogate_pair_becomes_a_replacement_character()
    {
        _log.Write(LogLevel.Info, "a\uD83D b\U0001F600");
        Assert.Equal("[  0.000000] a\uFFFD b\U0001F600\n", Newest(100));
    }

    [Fact]
    public void Writing_allocates_nothing()
    {
        KernelLog log = new(4096) { Clock = _clock, Mirror = new NoMirror() };
        Fill(log);
        Assert.Equal(0, CountsAllocations.Least(() => Fill(log)));
    }

    private static void Fill(KernelLog log)
    {
        for (int i = 0; i < 200; i++)
            log.Write(LogLevel.Info, "the page at 0x1000 is élsewhere");
    }

    private string Newest(int room)
    {
        byte[] bytes = new byte[room];
        int length = _log.NewestThatFit(bytes.Length);
        _log.Copy(length, bytes.AsSpan(0, length));
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private sealed class NoMirror : ILogMirror
    {
        public void Write(ReadOnlySpan<byte> utf8)
        {
        }
    }
}
