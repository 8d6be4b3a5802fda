using System;
using System.Collections.Generic;
using System.Text;

namespace Cosmos.System.Terminals;

/// <summary>
/// A line being typed: cursor and editing keys, and earlier lines by arrow up and down. Moves the
/// cursor by backspaces alone, so it looks the same on the screen and on a serial line.
/// </summary>
public sealed class LineEditor
{
    private const int MostLines = 50;

    private readonly List<string> _history = [];
    private readonly StringBuilder _text = new();
    private int _cursor;
    private int _recalled;

    /// <summary>Lets a line be typed.</summary>
    public string ReadLine()
    {
        _text.Clear();
        _cursor = 0;
        _recalled = _history.Count;
        while (true)
        {
            KeyEvent key = KeyboardManager.ReadKey();
            if (key.Key is ConsoleKeyEx.Enter or ConsoleKeyEx.NumEnter)
                break;
            Apply(key);
        }
        MoveTo(_text.Length);
        Terminal.Active.Write("\n");
        string line = _text.ToString();
        Remember(line);
        return line;
    }

    private void Apply(KeyEvent key)
    {
        switch (key.Key)
        {
            case ConsoleKeyEx.LeftArrow:
                MoveTo(Math.Max(_cursor - 1, 0));
                break;
            case ConsoleKeyEx.RightArrow:
                MoveTo(Math.Min(_cursor + 1, _text.Length));
                break;
            case ConsoleKeyEx.Home:
                MoveTo(0);
                break;
            case ConsoleKeyEx.End:
                MoveTo(_text.Length);
                break;
            case ConsoleKeyEx.Backspace when _cursor > 0:
                MoveTo(_cursor - 1);
                Remove();
                break;
            case ConsoleKeyEx.Delete when _cursor < _text.Length:
                Remove();
                break;
            case ConsoleKeyEx.UpArrow when _recalled > 0:
                Replace(_history[--_recalled]);
                break;
            case ConsoleKeyEx.DownArrow when _recalled < _history.Count:
                _recalled++;
                Replace(_recalled < _history.Count ? _history[_recalled] : "");
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    Insert(key.KeyChar);
                break;
        }
    }

    private void Insert(char symbol)
    {
        _text.Insert(_cursor, symbol);
        WriteFrom(_cursor, erase: 0);
        MoveTo(_cursor + 1, from: _text.Length);
    }

    private void Remove()
    {
        _text.Remove(_cursor, 1);
        WriteFrom(_cursor, erase: 1);
        MoveTo(_cursor, from: _text.Length + 1);
    }

    private void Replace(string line)
    {
        int before = _text.Length;
        MoveTo(0);
        _text.Clear().Append(line);
        int erase = Math.Max(before - line.Length, 0);
        WriteFrom(0, erase);
        MoveTo(line.Length, from: line.Length + erase);
    }

    private void WriteFrom(int start, int erase)
    {
        Terminal.Active.Write(_text.ToString(start, _text.Length - start));
        for (int i = 0; i < erase; i++)
            Terminal.Active.Write(" ");
    }

    private void MoveTo(int target) => MoveTo(target, _cursor);

    private void MoveTo(int target, int from)
    {
        for (; from > target; from--)
            Terminal.Active.Write("\b");
        if (from < target)
            Terminal.Active.Write(_text.ToString(from, target - from));
        _cursor = target;
    }

    private void Remember(string line)
    {
        if (line.Length == 0 || (_history.Count > 0 && _history[^1] == line))
            return;
        if (_history.Count == MostLines)
            _history.RemoveAt(0);
        _history.Add(line);
    }
}
