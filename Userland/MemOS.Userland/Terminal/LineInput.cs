using System;
using MemOS.Userland.Text;

namespace MemOS.Userland.Terminal;

/// <summary>Reads lines from the console, with editing, history and completion.</summary>
public sealed class LineInput
{
    private readonly LineEditor _editor;

    // The column in which the line begins.
    private int _start;

    /// <summary>Input with a history of its own.</summary>
    /// <param name="complete">What the Tab key offers; null: it types a tab.</param>
    public LineInput(Completer? complete) => _editor = new LineEditor(new LineHistory(), complete);

    /// <summary>Input without completion.</summary>
    public LineInput()
        : this(null)
    {
    }

    /// <summary>Shows a prompt and reads the line after it.</summary>
    /// <param name="prompt">What stands before the line; empty for what is there already.</param>
    /// <returns>The line; empty when it was given up; null when input has ended (Ctrl-D).</returns>
    public string? ReadLine(string prompt)
    {
        _editor.Reset();
        Console.Out.Write(prompt);
        FindStart();
        LineView view = new(SystemConsole.Columns - _start);
        bool isBehind = false;
        while (true)
        {
            LineOutcome outcome = _editor.Apply(Keyboard.ReadKey());
            isBehind |= outcome == LineOutcome.Changed;
            // While more keys are there already, as when text is pasted, nothing is drawn.
            if (isBehind && (outcome != LineOutcome.Changed || !Keyboard.IsKeyAvailable))
            {
                Draw(view);
                isBehind = false;
            }
            switch (outcome)
            {
                case LineOutcome.Accepted:
                    Console.Out.WriteLine();
                    return _editor.Text.ToString();
                case LineOutcome.Cancelled:
                    Console.Out.WriteLine("^C");
                    return "";
                case LineOutcome.EndOfInput:
                    Console.Out.WriteLine();
                    return null;
                case LineOutcome.ClearScreen:
                    Redraw(view, Ansi.ClearScreen + prompt);
                    break;
                case LineOutcome.Candidates:
                    Redraw(view, "\n" + Candidates() + prompt);
                    break;
            }
        }
    }

    private string Candidates() => WordColumns.Of(_editor.Candidates, SystemConsole.Columns);

    private void Redraw(LineView view, string before)
    {
        Console.Out.Write(before);
        FindStart();
        view.Restart();
        Draw(view);
    }

    // What stands before the line may have gone over several rows.
    private void FindStart() => _start = SystemConsole.Column % SystemConsole.Columns;

    private void Draw(LineView view)
    {
        TabStops.Expand(
            _editor.Text, _editor.Cursor, _start, out ReadOnlySpan<char> shown, out int cursor);
        Console.Out.Write(view.Draw(shown, cursor));
    }
}
