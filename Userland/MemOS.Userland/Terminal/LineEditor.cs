using System;
using System.Collections.Generic;

namespace MemOS.Userland.Terminal;

/// <summary>Finds the words that could stand where the last word of a line begins.</summary>
/// <param name="line">The line up to the cursor.</param>
/// <returns>Every whole word that is possible there; those that do not fit are left out.</returns>
public delegate IEnumerable<string> Completer(string line);

/// <summary>Editing of one line: keys go in, text and a cursor come out.</summary>
/// <remarks>
/// Knows nothing of a screen (<see cref="LineView"/> draws) or of bytes
/// (<see cref="KeyDecoder"/> decodes), so any key in any order can be tried in a test.
/// </remarks>
/// <param name="history">The lines before.</param>
/// <param name="complete">What Tab offers; null: Tab types a tab.</param>
public sealed class LineEditor(LineHistory history, Completer? complete)
{
    private readonly LineBuffer _line = new();

    /// <summary>The line as it stands, valid until the next key.</summary>
    public ReadOnlySpan<char> Text => _line.Text;

    /// <summary>The cursor's place in <see cref="Text"/>.</summary>
    public int Cursor => _line.Cursor;

    /// <summary>What Tab found, after <see cref="LineOutcome.Candidates"/>.</summary>
    public IReadOnlyList<string> Candidates { get; private set; } = [];

    /// <summary>Takes a key.</summary>
    public LineOutcome Apply(ConsoleKeyInfo key)
    {
        if ((key.Modifiers & ConsoleModifiers.Control) != 0)
            return ApplyControl(key.Key);
        if ((key.Modifiers & ConsoleModifiers.Alt) != 0)
            return ApplyAlt(key.Key);
        return key.Key switch
        {
            ConsoleKey.Enter => Accept(),
            ConsoleKey.Tab => ApplyTab(key),
            ConsoleKey.Backspace => Edit(() => _line.DeleteBack(_line.Cursor - 1)),
            ConsoleKey.Delete => Edit(() => _line.DeleteForward(_line.Cursor + 1)),
            ConsoleKey.LeftArrow => Move(_line.Cursor - 1),
            ConsoleKey.RightArrow => Move(_line.Cursor + 1),
            ConsoleKey.Home => Move(0),
            ConsoleKey.End => Move(_line.Length),
            ConsoleKey.UpArrow => Recall(history.Older(Text)),
            ConsoleKey.DownArrow => Recall(history.Newer()),
            _ => Type(key.KeyChar),
        };
    }

    /// <summary>Begins a new, empty line.</summary>
    public void Reset()
    {
        _line.Set([]);
        Candidates = [];
    }

    private LineOutcome ApplyControl(ConsoleKey key) => key switch
    {
        ConsoleKey.A => Move(0),
        ConsoleKey.E => Move(_line.Length),
        ConsoleKey.B => Move(_line.Cursor - 1),
        ConsoleKey.F => Move(_line.Cursor + 1),
        ConsoleKey.P => Recall(history.Older(Text)),
        ConsoleKey.N => Recall(history.Newer()),
        ConsoleKey.K => Edit(() => _line.DeleteForward(_line.Length)),
        ConsoleKey.U => Edit(() => _line.DeleteBack(0)),
        ConsoleKey.W => Edit(() => _line.DeleteBack(_line.WordStart())),
        ConsoleKey.LeftArrow => Move(_line.WordStart()),
        ConsoleKey.RightArrow => Move(_line.WordEnd()),
        ConsoleKey.C => LineOutcome.Cancelled,
        ConsoleKey.L => LineOutcome.ClearScreen,
        ConsoleKey.D when _line.Length == 0 => LineOutcome.EndOfInput,
        ConsoleKey.D => Edit(() => _line.DeleteForward(_line.Cursor + 1)),
        _ => LineOutcome.Ignored,
    };

    private LineOutcome ApplyAlt(ConsoleKey key) => key switch
    {
        ConsoleKey.B => Move(_line.WordStart()),
        ConsoleKey.F => Move(_line.WordEnd()),
        ConsoleKey.D => Edit(() => _line.DeleteForward(_line.WordEnd())),
        ConsoleKey.Backspace => Edit(() => _line.DeleteBack(_line.WordStart())),
        _ => LineOutcome.Ignored,
    };

    private LineOutcome ApplyTab(ConsoleKeyInfo key)
    {
        if ((key.Modifiers & ConsoleModifiers.Shift) != 0)
            return LineOutcome.Ignored;
        return complete is null ? Insert('\t') : Complete(complete);
    }

    private LineOutcome Type(char character) =>
        char.IsControl(character) ? LineOutcome.Ignored : Insert(character);

    private LineOutcome Insert(char character) =>
        _line.Insert([character]) ? LineOutcome.Changed : LineOutcome.Ignored;

    private LineOutcome Edit(Action change)
    {
        int before = _line.Length;
        change();
        return _line.Length == before ? LineOutcome.Ignored : LineOutcome.Changed;
    }

    private LineOutcome Move(int position)
    {
        int before = _line.Cursor;
        _line.MoveTo(position);
        return _line.Cursor == before ? LineOutcome.Ignored : LineOutcome.Changed;
    }

    private LineOutcome Recall(string? line)
    {
        if (line is null)
            return LineOutcome.Ignored;
        _line.Set(line);
        return LineOutcome.Changed;
    }

    private LineOutcome Accept()
    {
        history.Add(Text.ToString());
        return LineOutcome.Accepted;
    }

    private LineOutcome Complete(Completer complete)
    {
        string before = Text[..Cursor].ToString();
        string word = before[(before.LastIndexOf(' ') + 1)..];
        List<string> found = [];
        foreach (string candidate in complete(before))
        {
            if (candidate.StartsWith(word, StringComparison.Ordinal))
                found.Add(candidate);
        }
        if (found.Count == 0)
            return LineOutcome.Ignored;
        string more = CommonStart(found)[word.Length..] + (found.Count == 1 ? " " : "");
        if (more.Length > 0)
            return _line.Insert(more) ? LineOutcome.Changed : LineOutcome.Ignored;
        found.Sort(StringComparer.Ordinal);
        Candidates = found;
        return LineOutcome.Candidates;
    }

    private static string CommonStart(List<string> words)
    {
        ReadOnlySpan<char> common = words[0];
        foreach (string word in words)
            common = common[..common.CommonPrefixLength(word)];
        return common.ToString();
    }
}
