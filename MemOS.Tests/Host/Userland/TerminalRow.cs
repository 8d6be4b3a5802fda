using System;
using System.Globalization;

namespace MemOS.Tests.Host.Userland;

/// <summary>One row of a terminal: what a line's drawing does to it.</summary>
internal sealed class TerminalRow(int columns)
{
    private readonly char[] _cells = [.. new string(' ', columns)];

    /// <summary>The cursor's column, from 0.</summary>
    public int Cursor { get; private set; }

    /// <summary>What the row shows, without the blanks at its end.</summary>
    public string Text => new string(_cells).TrimEnd();

    /// <summary>Takes text and the sequences that move in a row and clear its end.</summary>
    public void Write(string output)
    {
        for (int i = 0; i < output.Length; i++)
        {
            if (output[i] != '\u001B')
            {
                _cells[Cursor++] = output[i];
                continue;
            }
            int final = output.AsSpan(i).IndexOfAnyInRange('A', 'Z') + i;
            Perform(output[(i + 2)..final], output[final]);
            i = final;
        }
    }

    private void Perform(string parameter, char final)
    {
        switch (final)
        {
            case 'C':
                Cursor += int.Parse(parameter, CultureInfo.InvariantCulture);
                break;
            case 'D':
                Cursor -= int.Parse(parameter, CultureInfo.InvariantCulture);
                break;
            case 'K':
                _cells.AsSpan(Cursor).Fill(' ');
                break;
            default:
                throw new ArgumentException($"A line needs no {final}.");
        }
    }
}
