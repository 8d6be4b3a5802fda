using System;
using System.Buffers.Text;
using Cosmos.Core.Devices;
using Cosmos.Core.Panics;

namespace MemOS.Consoles;

/// <summary>
/// What was written to a serial line faster than it is taken at the other end. Nothing is lost
/// while the line moves, however slowly: who writes asks for <see cref="Room"/> first, and waits
/// for it elsewhere. Only while the line stands still for longer than
/// <see cref="PatienceTicks"/> is what does not fit dropped, and the number of bytes noted where
/// they are missing.
/// </summary>
/// <remarks>Allocates nothing once it is made. Not to be interrupted by another use of it.
/// </remarks>
/// <param name="line">The line; opened already.</param>
/// <param name="capacity">Bytes that can wait.</param>
public sealed class TransmitQueue<TLine>(TLine line, int capacity) : PendingText
    where TLine : struct, ITransmitter
{
    /// <summary>How long nobody may take a byte before the line counts as unread, in ticks of
    /// 100 ns.</summary>
    public const ulong PatienceTicks = 10 * 10_000_000UL;

    // No entry into the kernel sends more than this.
    private const int MostAtOnce = 1024;

    private const int LongestNumber = 20;

    private readonly byte[] _bytes = new byte[capacity];
    private int _first;
    private int _count;
    private bool _isReturnSent;
    private ulong _lost;
    private ulong _lastMoved;

    /// <summary>Whether nothing waits.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>Bytes that can be written without a loss.</summary>
    public int Room => capacity - _count;

    /// <summary>Whether the line has stood still for so long that nobody can be reading.</summary>
    /// <param name="now">The time, in ticks of 100 ns.</param>
    public bool IsUnread(ulong now) => _count != 0 && now - _lastMoved > PatienceTicks;

    /// <summary>Sends text as far as the line takes it now; the rest waits.</summary>
    /// <param name="utf8">The text; each line feed is sent as carriage return and line feed.
    /// </param>
    /// <param name="now">The time, in ticks of 100 ns.</param>
    public void Write(ReadOnlySpan<byte> utf8, ulong now)
    {
        if (_count == 0)
        {
            _lastMoved = now;
            utf8 = utf8[Send(utf8[..Math.Min(utf8.Length, MostAtOnce)])..];
        }
        if (utf8.IsEmpty)
            return;
        if (_lost != 0)
            NoteLoss();
        Append(utf8);
    }

    /// <summary>Goes on with what waits; to be called when the line can take more.</summary>
    /// <param name="now">The time, in ticks of 100 ns.</param>
    public void Continue(ulong now)
    {
        int sent = SendWaiting(MostAtOnce);
        if (sent != 0 || _count == 0)
            _lastMoved = now;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
        while (_count != 0 && line.AwaitRoom())
            SendWaiting(MostAtOnce);
    }

    private int SendWaiting(int most)
    {
        int sent = 0;
        while (_count != 0 && sent < most)
        {
            int run = Math.Min(Math.Min(_count, capacity - _first), most - sent);
            int taken = Send(_bytes.AsSpan(_first, run));
            _first = (_first + taken) % capacity;
            _count -= taken;
            sent += taken;
            if (taken < run)
                break;
        }
        return sent;
    }

    // Sends what the line takes without waiting. Returns how many bytes of the text that were.
    private int Send(ReadOnlySpan<byte> utf8)
    {
        int room = 0;
        for (int i = 0; i < utf8.Length; i++)
        {
            if (room == 0 && (room = line.Room) == 0)
                return i;
            if (utf8[i] == '\n' && !_isReturnSent)
            {
                line.Put((byte)'\r');
                _isReturnSent = true;
                if (--room == 0 && (room = line.Room) == 0)
                    return i;
            }
            line.Put(utf8[i]);
            _isReturnSent = false;
            room--;
        }
        return utf8.Length;
    }

    private void Append(ReadOnlySpan<byte> utf8)
    {
        int fits = Math.Min(utf8.Length, Room);
        _lost += (ulong)(utf8.Length - fits);
        utf8 = utf8[..fits];
        int at = (_first + _count) % capacity;
        int run = Math.Min(fits, capacity - at);
        utf8[..run].CopyTo(_bytes.AsSpan(at));
        utf8[run..].CopyTo(_bytes);
        _count += fits;
    }

    private void NoteLoss()
    {
        ReadOnlySpan<byte> before = "\n["u8;
        ReadOnlySpan<byte> after = " bytes were lost: nobody was reading]\n"u8;
        if (Room < before.Length + LongestNumber + after.Length)
            return;
        Span<byte> number = stackalloc byte[LongestNumber];
        Utf8Formatter.TryFormat(_lost, number, out int digits);
        _lost = 0;
        Append(before);
        Append(number[..digits]);
        Append(after);
    }
}
