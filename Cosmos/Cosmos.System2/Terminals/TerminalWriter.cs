using System;
using System.IO;
using System.Text;

namespace Cosmos.System.Terminals;

/// <summary>What <see cref="Console.Out"/> writes to.</summary>
public sealed class TerminalWriter : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => Encoding.UTF8;

    /// <inheritdoc/>
    public override void Write(char value) =>
        Terminal.Active.Write(new ReadOnlySpan<char>(in value));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Terminal.Active.Write(buffer);

    /// <inheritdoc/>
    public override void Write(string? value) => Terminal.Active.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) =>
        Terminal.Active.Write(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override void WriteLine() => Terminal.Active.Write("\n");

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Terminal.Active.Write(value);
        Terminal.Active.Write("\n");
    }
}
