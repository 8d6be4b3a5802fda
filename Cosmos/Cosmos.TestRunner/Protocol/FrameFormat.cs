using System;
using System.Globalization;
using System.Text;

namespace Cosmos.TestRunner.Protocol;

/// <summary>How a <see cref="ResultFrame"/> looks on the serial line.</summary>
/// <remarks>
/// <code>SOH kind length(4 hex digits) STX name US detail ETX crc(8 hex digits) EOT</code>
/// Frames travel amid ordinary console text, so all their marks are ASCII control characters
/// that text does not use; length and check value tell a frame from a lookalike, and a frame
/// that was cut in two by other output from one that is whole. The check value covers
/// everything from the kind up to, but without, ETX.
/// </remarks>
public static class FrameFormat
{
    /// <summary>Begins a frame.</summary>
    public const byte Start = 0x01;

    /// <summary>Stands between length and payload.</summary>
    public const byte PayloadStart = 0x02;

    /// <summary>Ends the payload.</summary>
    public const byte PayloadEnd = 0x03;

    /// <summary>Ends a frame.</summary>
    public const byte End = 0x04;

    /// <summary>Stands between name and detail.</summary>
    public const byte Separator = 0x1F;

    /// <summary>Bytes from <see cref="Start"/> to the payload.</summary>
    public const int HeaderLength = 7;

    /// <summary>Bytes from the payload to the end of the frame.</summary>
    public const int TrailerLength = 10;

    /// <summary>The longest payload, in bytes; a longer detail is cut.</summary>
    public const int PayloadLimit = 0x1000;

    /// <summary>The bytes of <paramref name="frame"/> on the line.</summary>
    public static byte[] Encode(ResultFrame frame)
    {
        byte[] payload = Payload(frame);
        byte[] bytes = new byte[HeaderLength + payload.Length + TrailerLength];
        bytes[0] = Start;
        bytes[1] = (byte)frame.Kind;
        WriteHex(bytes.AsSpan(2, 4), (uint)payload.Length);
        bytes[6] = PayloadStart;
        payload.CopyTo(bytes, HeaderLength);
        int end = HeaderLength + payload.Length;
        bytes[end] = PayloadEnd;
        WriteHex(bytes.AsSpan(end + 1, 8), Crc32.Of(bytes.AsSpan(1, end - 1)));
        bytes[end + 9] = End;
        return bytes;
    }

    /// <summary>
    /// Reads the length out of a frame's first <see cref="HeaderLength"/> bytes.
    /// </summary>
    /// <returns>Whether these bytes can begin a frame.</returns>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out int payloadLength)
    {
        payloadLength = 0;
        return header.Length >= HeaderLength && header[0] == Start && header[6] == PayloadStart
            && TryReadHex(header.Slice(2, 4), out payloadLength)
            && payloadLength <= PayloadLimit;
    }

    /// <summary>Reads a whole frame.</summary>
    /// <returns>Whether the marks, the length and the check value are right.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out ResultFrame frame)
    {
        frame = default;
        if (!TryReadHeader(bytes, out int length)) return false;
        if (bytes.Length != HeaderLength + length + TrailerLength) return false;

        int end = HeaderLength + length;
        if (bytes[end] != PayloadEnd || bytes[end + 9] != End) return false;
        if (!TryReadHex(bytes.Slice(end + 1, 8), out int crc)) return false;
        if ((uint)crc != Crc32.Of(bytes[1..end])) return false;

        ReadOnlySpan<byte> payload = bytes[HeaderLength..end];
        int separator = payload.IndexOf(Separator);
        if (separator < 0) return false;

        frame = new ResultFrame((FrameKind)bytes[1],
            Encoding.UTF8.GetString(payload[..separator]),
            Encoding.UTF8.GetString(payload[(separator + 1)..]));
        return true;
    }

    private static byte[] Payload(ResultFrame frame)
    {
        byte[] name = Encoding.UTF8.GetBytes(frame.Name);
        byte[] detail = Encoding.UTF8.GetBytes(frame.Detail);
        int nameLength = Math.Min(name.Length, PayloadLimit / 4);
        int detailLength = Math.Min(detail.Length, PayloadLimit - nameLength - 1);
        byte[] payload = new byte[nameLength + 1 + detailLength];
        name.AsSpan(0, nameLength).CopyTo(payload);
        payload[nameLength] = Separator;
        detail.AsSpan(0, detailLength).CopyTo(payload.AsSpan(nameLength + 1));
        return payload;
    }

    private static void WriteHex(Span<byte> digits, uint value)
    {
        for (int i = digits.Length - 1; i >= 0; i--)
        {
            uint digit = value & 0xF;
            digits[i] = (byte)(digit < 10 ? '0' + digit : 'A' + digit - 10);
            value >>= 4;
        }
    }

    private static bool TryReadHex(ReadOnlySpan<byte> digits, out int value) =>
        int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out value);
}
