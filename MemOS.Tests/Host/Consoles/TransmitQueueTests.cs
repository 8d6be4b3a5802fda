using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Cosmos.Core.Devices;
using CsCheck;
using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles;

/// <summary>What a serial line gets while its reader is slow, stands still, or is not there.
/// </summary>
public sealed class TransmitQueueTests
{
    private const int Capacity = 1000;
    private const ulong Second = 10_000_000;

    private readonly Reader _reader = new();
    private readonly TransmitQueue<FakeLine> _queue;
    private ulong _now = 77 * Second;

    public TransmitQueueTests() => _queue = new(new FakeLine(_reader), Capacity);

    [Fact]
    public void A_reader_that_keeps_up_gets_text_at_once_with_carriage_returns()
    {
        _reader.Takes = int.MaxValue;
        Write("one\ntwo\n");
        Assert.Equal("one\r\ntwo\r\n", _reader.Text);
        Assert.True(_queue.IsEmpty);
    }

    [Fact]
    public void While_the_reader_stands_still_all_waits_and_goes_on_in_its_order()
    {
        Write(new string('a', 350) + "\n");
        Write("b\n");
        Assert.Equal(Capacity - 353, _queue.Room);
        Assert.False(_queue.IsUnread(_now += 9 * Second));

        _reader.Takes = int.MaxValue;
        _queue.Continue(_now);
        Assert.Equal(new string('a', 350) + "\r\nb\r\n", _reader.Text);
        Assert.Equal(Capacity, _queue.Room);
    }

    [Fact]
    public void A_line_that_has_not_moved_for_ten_seconds_is_unread_until_it_moves()
    {
        Write("text");
        Assert.False(_queue.IsUnread(_now + (10 * Second)));
        Assert.True(_queue.IsUnread(_now += (10 * Second) + 1));
        _reader.Takes = 1;
        _queue.Continue(_now);
        Assert.False(_queue.IsUnread(_now + (5 * Second)));
    }

    [Fact]
    public void A_line_with_nothing_to_send_is_never_unread() =>
        Assert.False(_queue.IsUnread(_now + (100 * Second)));

    [Fact]
    public void What_did_not_fit_is_counted_where_it_is_missing()
    {
        Write(new string('a', Capacity + 20));
        Write("bbb");
        _reader.Takes = 900;
        _queue.Continue(_now);
        Write("c");
        _reader.Takes = int.MaxValue;
        _queue.Continue(_now);
        Assert.Equal(
            new string('a', Capacity) + "\r\n[23 bytes were lost: nobody was reading]\r\nc",
            _reader.Text);
    }

    [Fact]
    public void A_flush_sends_all_that_waits_as_long_as_somebody_reads()
    {
        Write(new string('a', 500));
        _reader.TakesWhenWaitedFor = 7;
        _queue.Flush();
        Assert.Equal(500, _reader.Text.Length);

        _reader.Takes = 0;
        Write(new string('b', 100));
        _reader.TakesWhenWaitedFor = 0;
        _queue.Flush();
        Assert.Equal(100, Capacity - _queue.Room);
    }

    [Fact]
    public void Nothing_is_lost_or_changed_by_a_reader_who_takes_now_and_then() =>
        Gen.Int[0, 40].Select(Gen.Int[0, 60]).List[1, 60].Sample(
            steps =>
            {
                Reader reader = new();
                TransmitQueue<FakeLine> queue = new(new FakeLine(reader), Capacity);
                StringBuilder written = new();
                foreach ((int takes, int length) in steps)
                {
                    string text = string.Concat(Enumerable.Range(written.Length, length)
                        .Select(i => i % 7 == 0 ? '\n' : (char)('a' + (i % 26))));
                    if (queue.Room < length) reader.Takes = int.MaxValue;
                    queue.Continue(0);
                    Assert.True(queue.Room >= length);
                    reader.Takes = takes;
                    queue.Write(Encoding.ASCII.GetBytes(text), 0);
                    written.Append(text);
                }

                reader.Takes = int.MaxValue;
                queue.Continue(0);
                queue.Continue(0);
                Assert.Equal(written.ToString().Replace("\n", "\r\n"), reader.Text);
            },
            iter: 200);

    private void Write(string text) => _queue.Write(Encoding.ASCII.GetBytes(text), _now);

    // The other end, which takes so many bytes and then stands still.
    private sealed class Reader
    {
        private readonly List<byte> _taken = [];

        public int Takes { get; set; }

        public int TakesWhenWaitedFor { get; set; }

        public string Text => Encoding.ASCII.GetString([.. _taken]);

        public void Take(byte value)
        {
            Assert.True(Takes-- > 0, "a byte is put only where there is room");
            _taken.Add(value);
        }
    }

    private readonly struct FakeLine(Reader reader) : ITransmitter
    {
        private const int FifoBytes = 16;

        public int Room => Math.Min(reader.Takes, FifoBytes);

        public void Put(byte value) => reader.Take(value);

        public bool AwaitRoom()
        {
            reader.Takes = reader.TakesWhenWaitedFor;
            return reader.Takes > 0;
        }
    }
}
