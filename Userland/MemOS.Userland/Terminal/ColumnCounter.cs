using System;

namespace MemOS.Userland.Terminal;

/// <summary>Follows output to know in which column the cursor is.</summary>
public sealed class ColumnCounter
{
    private Part _part;

    private enum Part
    {
        Text,
        Escape,
        Sequence,
    }

    /// <summary>The column, from 0; not wrapped at the terminal's width.</summary>
    public int Column { get; private set; }

    /// <summary>Takes what was written, in pieces of any size.</summary>
    public void Follow(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
            Follow(character);
    }

    private void Follow(char character)
    {
        if (_part == Part.Escape)
        {
            _part = character == '[' ? Part.Sequence : Part.Text;
            return;
        }
        if (_part == Part.Sequence)
        {
            FollowSequence(character);
            return;
        }
        if (character == '\u001B')
            _part = Part.Escape;
        Column = character switch
        {
            '\n' or '\r' => 0,
            '\b' => Math.Max(Column - 1, 0),
            '\t' => (Column / TabStops.Width + 1) * TabStops.Width,
            < ' ' => Column,
            _ => Column + 1,
        };
    }

    private void FollowSequence(char character)
    {
        if (character is < '@' or > '~')
            return;
        _part = Part.Text;
        // Cursor addressing and clearing: MemOS programs use them to begin at the left.
        if (character is 'H' or 'J')
            Column = 0;
    }
}
