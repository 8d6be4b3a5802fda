using System;
using System.Text;

namespace MemOS.Consoles;

/// <summary>
/// The kernel's log: a ring of UTF-8 lines in memory. When it is full the oldest lines are lost,
/// always whole ones. Writing allocates nothing.
/// </summary>
/// <remarks>Not for two writers at a time: interrupts that write need them off.</remarks>
public sealed class KernelLog
{
    /// <summary>The smallest size that is allowed, in bytes.</summary>
    public const int LeastBytes = 64;

    // "[" and "] " around 14 digits of seconds at most, a point and 6 digits.
    private const int LongestStamp = 24;
    private const int LongestSymbol = 4;
    private const ulong NanosecondsPerMicrosecond = 1000;
    private const ulong MicrosecondsPerSecond = 1_000_000;
    private const int SecondDigits = 3;
    private const int FractionDigits = 6;

    private readonly byte[] _ring;

    // Always where a line begins.
    private int _first;
    private int _length;

    /// <summary>Makes an empty log.</summary>
    /// <param name="bytes">How much text it keeps, <see cref="LeastBytes"/> or more.</param>
    public KernelLog(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, LeastBytes);
        _ring = new byte[bytes];
    }

    /// <summary>The mildest level of lines that go to the mirror as well.</summary>
    public LogLevel MirrorLevel { get; set; } = LogLevel.Info;

    /// <summary>Where lines are shown; null for nowhere.</summary>
    public ILogMirror? Mirror { get; set; }

    /// <summary>What time it is; without a clock it is 0.</summary>
    public ILogClock? Clock { get; set; }

    /// <summary>Adds a line, or several if there are line feeds in it.</summary>
    /// <param name="level">How much it matters.</param>
    /// <param name="line">
    /// The text, without a line feed at the end. Control characters become question marks; what
    /// is longer than the whole log is cut.
    /// </param>
    public void Write(LogLevel level, ReadOnlySpan<char> line)
    {
        ulong time = (Clock?.Nanoseconds ?? 0) / NanosecondsPerMicrosecond;
        foreach (Range part in line.Split('\n'))
            WriteLine(level, time, line[part]);
    }

    /// <summary>How long the newest lines are that so many bytes have room for.</summary>
    /// <returns>Bytes of whole lines; 0 when not even the newest line fits.</returns>
    public int NewestThatFit(int bytes)
    {
        int skipped = 0;
        while (_length - skipped > bytes)
            skipped += LineLength(skipped);
        return _length - skipped;
    }

    /// <summary>Copies a part of the text.</summary>
    /// <param name="beforeEnd">
    /// Where it begins, in bytes before the end of the log; not more than there are.
    /// </param>
    /// <param name="to">Where it goes; not longer than what follows there.</param>
    public void Copy(int beforeEnd, Span<byte> to)
    {
        int start = _length - beforeEnd;
        for (int i = 0; i < to.Length; i++)
            to[i] = At(start + i);
    }

    private void WriteLine(LogLevel level, ulong time, ReadOnlySpan<char> line)
    {
        Span<byte> stamp = stackalloc byte[LongestStamp];
        stamp = stamp[..FormatStamp(time, stamp)];
        int bytes = MakeRoom(stamp.Length, line);
        int start = _length;
        foreach (byte value in stamp)
            Append(value);
        Span<byte> symbol = stackalloc byte[LongestSymbol];
        foreach (Rune rune in line.EnumerateRunes())
        {
            ReadOnlySpan<byte> encoded = symbol[..Visible(rune).EncodeToUtf8(symbol)];
            if (_length + encoded.Length >= start + bytes)
                break;
            foreach (byte value in encoded)
                Append(value);
        }
        Append((byte)'\n');
        if (level <= MirrorLevel)
            Show(start);
    }

    // Loses old lines until this one fits with its line feed, and says how long it may be.
    private int MakeRoom(int stampBytes, ReadOnlySpan<char> line)
    {
        int bytes = stampBytes + 1;
        foreach (Rune rune in line.EnumerateRunes())
        {
            int more = Visible(rune).Utf8SequenceLength;
            if (bytes + more > _ring.Length)
                break;
            bytes += more;
        }
        while (_ring.Length - _length < bytes)
        {
            int lost = LineLength(0);
            _first = (_first + lost) % _ring.Length;
            _length -= lost;
        }
        return bytes;
    }

    private void Show(int start)
    {
        if (Mirror is null)
            return;
        int at = (_first + start) % _ring.Length;
        int bytes = _length - start;
        int beforeEnd = Math.Min(bytes, _ring.Length - at);
        Mirror.Write(_ring.AsSpan(at, beforeEnd));
        if (beforeEnd < bytes)
            Mirror.Write(_ring.AsSpan(0, bytes - beforeEnd));
    }

    private int LineLength(int start)
    {
        int end = start;
        while (At(end++) != '\n')
        {
            // Every line in the ring ends with a line feed.
        }
        return end - start;
    }

    private byte At(int offset) => _ring[(_first + offset) % _ring.Length];

    private void Append(byte value) => _ring[(_first + _length++) % _ring.Length] = value;

    // An escape sequence out of a program's name must not reach the console.
    private static Rune Visible(Rune rune) => Rune.IsControl(rune) ? new Rune('?') : rune;

    private static int FormatStamp(ulong microseconds, Span<byte> to)
    {
        ulong seconds = microseconds / MicrosecondsPerSecond;
        int length = 0;
        to[length++] = (byte)'[';
        length += Format(seconds, SecondDigits, (byte)' ', to[length..]);
        to[length++] = (byte)'.';
        length += Format(
            microseconds % MicrosecondsPerSecond, FractionDigits, (byte)'0', to[length..]);
        to[length++] = (byte)']';
        to[length++] = (byte)' ';
        return length;
    }

    private static int Format(ulong value, int leastDigits, byte padding, Span<byte> to)
    {
        int digits = 1;
        for (ulong rest = value; rest >= 10; rest /= 10)
            digits++;
        int length = Math.Max(digits, leastDigits);
        to[..length].Fill(padding);
        for (int i = length - 1; i >= length - digits; i--, value /= 10)
            to[i] = (byte)('0' + value % 10);
        return length;
    }
}
