using System.IO;

namespace MemOS.Userland.Terminal;

/// <summary>Text from the console, line by line: <see cref="System.Console.In"/>.</summary>
internal sealed class ConsoleReader(LineInput lines) : TextReader
{
    private string _line = "";
    private int _next;

    /// <inheritdoc/>
    public override int Peek() => _next < _line.Length ? _line[_next] : -1;

    /// <inheritdoc/>
    public override int Read()
    {
        if (_next == _line.Length)
        {
            string? line = lines.ReadLine("");
            if (line is null)
                return -1;
            _line = line + "\n";
            _next = 0;
        }
        return _line[_next++];
    }

    /// <inheritdoc/>
    public override string? ReadLine()
    {
        if (_next == _line.Length)
            return lines.ReadLine("");
        string rest = _line[_next..].TrimEnd('\n');
        _next = _line.Length;
        return rest;
    }
}
