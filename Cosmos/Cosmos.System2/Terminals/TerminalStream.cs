using System;
using System.IO;
using System.Text;

namespace Cosmos.System.Terminals;

/// <summary>The terminal as a stream of bytes, which are UTF-8 text.</summary>
public sealed class TerminalStream : Stream
{
    // Keeps the first bytes of a character whose last bytes come with the next write.
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();

    /// <inheritdoc/>
    public override bool CanRead => false;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        char[] text = new char[_decoder.GetCharCount(buffer, flush: false)];
        int length = _decoder.GetChars(buffer, text, flush: false);
        Terminal.Active.Write(text.AsSpan(0, length));
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) =>
        Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) =>
        throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
