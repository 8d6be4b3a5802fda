using System;
using System.Buffers;
using System.IO;
using System.Text;
using System.Text.Unicode;

namespace MemOS.Userland.Terminal;

/// <summary>
/// Text to the console: <see cref="Console.Out"/>. What is written shows at once.
/// </summary>
internal sealed class ConsoleWriter : TextWriter
{
    private const int ChunkBytes = 512;

    private readonly ColumnCounter _counter = new();

    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>The cursor's column, from 0.</summary>
    internal int Column => _counter.Column;

    /// <inheritdoc/>
    public override void Write(char value) => Write([value]);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) =>
        Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void Write(string? value) => Write(value.AsSpan());

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> text)
    {
        _counter.Follow(text);
        Span<byte> bytes = stackalloc byte[ChunkBytes];
        OperationStatus status = OperationStatus.DestinationTooSmall;
        while (status == OperationStatus.DestinationTooSmall)
        {
            status = Utf8.FromUtf16(text, bytes, out int read, out int written);
            SystemConsole.Write(bytes[..written]);
            text = text[read..];
        }
    }

    /// <inheritdoc/>
    public override void WriteLine() => Write('\n');

    /// <inheritdoc/>
    public override void WriteLine(string? value) => WriteLine(value.AsSpan());

    /// <inheritdoc/>
    public override void WriteLine(ReadOnlySpan<char> text)
    {
        Write(text);
        Write('\n');
    }
}
