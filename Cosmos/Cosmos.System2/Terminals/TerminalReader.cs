using System;
using System.IO;

namespace Cosmos.System.Terminals;

/// <summary>What <see cref="Console.In"/> reads from: lines, typed with editing.</summary>
public sealed class TerminalReader : TextReader
{
    private readonly LineEditor _editor = new();
    private string _line = "";
    private int _next;

    /// <inheritdoc/>
    public override int Peek()
    {
        Fill();
        return _line[_next];
    }

    /// <inheritdoc/>
    public override int Read()
    {
        Fill();
        return _line[_next++];
    }

    /// <inheritdoc/>
    public override string ReadLine()
    {
        if (_next == _line.Length)
            return _editor.ReadLine();
        string rest = _line[_next..].TrimEnd('\n');
        _next = _line.Length;
        return rest;
    }

    private void Fill()
    {
        if (_next < _line.Length)
            return;
        _line = _editor.ReadLine() + "\n";
        _next = 0;
    }
}
