using System;
using System.Collections.Generic;

namespace MemOS.Userland.Terminal;

/// <summary>The lines entered before, to step through; the oldest are forgotten.</summary>
public sealed class LineHistory
{
    /// <summary>How many lines are kept.</summary>
    public const int Capacity = 100;

    private readonly List<string> _lines = new(Capacity);
    private int _position;
    private string _unfinished = "";

    /// <summary>Lines kept.</summary>
    public int Count => _lines.Count;

    /// <summary>
    /// Remembers a line, unless it is blank or was the last one, and goes to the end.
    /// </summary>
    public void Add(string line)
    {
        bool isNew = !string.IsNullOrWhiteSpace(line) && (Count == 0 || _lines[^1] != line);
        if (isNew && Count == Capacity)
            _lines.RemoveAt(0);
        if (isNew)
            _lines.Add(line);
        _position = Count;
    }

    /// <summary>Steps to the line before.</summary>
    /// <param name="current">What stands in the line now; kept when it is the newest.</param>
    /// <returns>The older line, or null at the beginning.</returns>
    public string? Older(ReadOnlySpan<char> current)
    {
        if (_position == 0)
            return null;
        if (_position == Count)
            _unfinished = current.ToString();
        return _lines[--_position];
    }

    /// <summary>Steps to the line after; behind the newest is what was being typed.</summary>
    /// <returns>The newer line, or null at the end.</returns>
    public string? Newer()
    {
        if (_position == Count)
            return null;
        _position++;
        return _position == Count ? _unfinished : _lines[_position];
    }
}
