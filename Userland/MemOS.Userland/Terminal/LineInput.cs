using System;

namespace MemOS.Userland.Terminal;

/// <summary>Reads lines from the console, with editing, history and completion.</summary>
public sealed class LineInput
{
    private readonly LineEditor _editor;

    /// <summary>Input with a history of its own.</summary>
    /// <param name="complete">What the Tab key offers.</param>
    public LineInput(Completer complete) => _editor = new LineEditor(new LineHistory(), complete);

    /// <summary>Input without completion.</summary>
    public LineInput()
        : this(_ => [])
    {
    }

    /// <summary>Shows a prompt and reads the line after it.</summary>
    /// <param name="prompt">What stands before the line; empty for what is there already.</param>
    /// <returns>The line; empty when it was given up; null when input has ended (Ctrl-D).</returns>
    public string? ReadLine(string prompt)
    {
        _editor.Reset();
        Console.Out.Write(prompt);
        LineView view = new(SystemConsole.Columns - SystemConsole.Column);
        while (true)
        {
            switch (_editor.Apply(Keyboard.ReadKey()))
            {
                case LineOutcome.Changed:
                    Draw(view);
                    break;
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
                    Console.Out.Write(Ansi.ClearScreen + prompt);
                    Redraw(view);
                    break;
                case LineOutcome.Candidates:
                    Console.Out.Write($"\n{string.Join("  ", _editor.Candidates)}\n{prompt}");
                    Redraw(view);
                    break;
            }
        }
    }

    private void Redraw(LineView view)
    {
        view.Restart();
        Draw(view);
    }

    private void Draw(LineView view) =>
        Console.Out.Write(view.Draw(_editor.Text, _editor.Cursor));
}
