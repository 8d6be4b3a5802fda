using System;
using System.IO;
using IL2CPU.API.Attribs;
using MemOS.Userland.Terminal;

namespace MemOS.Userland.Plugs;

/// <summary><see cref="Console"/> over the process's console; the rest of it leads here.</summary>
[Plug(Target = typeof(Console))]
public static class ConsolePlug
{
    private static readonly LineInput _lines = new();
    private static TextWriter _out = SystemConsole.Writer;
    private static TextWriter _error = SystemConsole.Writer;
    private static TextReader _in = new ConsoleReader(_lines);
    private static ConsoleColor _foreground = ConsoleColor.Gray;
    private static ConsoleColor _background = ConsoleColor.Black;

    public static TextWriter get_Out() => _out;

    public static TextWriter get_Error() => _error;

    public static TextReader get_In() => _in;

    public static void SetOut(TextWriter newOut) => _out = newOut;

    public static void SetError(TextWriter newError) => _error = newError;

    public static void SetIn(TextReader newIn) => _in = newIn;

    public static bool get_IsInputRedirected() => false;

    public static bool get_IsOutputRedirected() => false;

    public static bool get_IsErrorRedirected() => false;

    public static bool get_KeyAvailable() => Keyboard.IsKeyAvailable;

    public static ConsoleKeyInfo ReadKey(bool intercept)
    {
        ConsoleKeyInfo key = Keyboard.ReadKey();
        if (!intercept && !char.IsControl(key.KeyChar))
            _out.Write(key.KeyChar);
        return key;
    }

    public static void Clear() => _out.Write(Ansi.ClearScreen);

    public static ConsoleColor get_ForegroundColor() => _foreground;

    public static void set_ForegroundColor(ConsoleColor value)
    {
        _foreground = value;
        _out.Write(Ansi.Foreground(value));
    }

    public static ConsoleColor get_BackgroundColor() => _background;

    public static void set_BackgroundColor(ConsoleColor value)
    {
        _background = value;
        _out.Write(Ansi.Background(value));
    }

    public static void ResetColor()
    {
        _foreground = ConsoleColor.Gray;
        _background = ConsoleColor.Black;
        _out.Write(Ansi.Reset);
    }

    public static int get_CursorLeft() => SystemConsole.Column;

    public static void SetCursorPosition(int left, int top) =>
        _out.Write(Ansi.CursorAt(left, top));

    public static void set_CursorVisible(bool value) =>
        _out.Write(value ? Ansi.ShowCursor : Ansi.HideCursor);

    public static int get_WindowWidth() => SystemConsole.Columns;

    public static int get_BufferWidth() => SystemConsole.Columns;

    public static int get_WindowHeight() => SystemConsole.Rows;

    public static int get_BufferHeight() => SystemConsole.Rows;

    public static void add_CancelKeyPress(ConsoleCancelEventHandler value) =>
        ControlC.Add(value);

    public static void remove_CancelKeyPress(ConsoleCancelEventHandler value) =>
        ControlC.Remove(value);

    public static bool get_TreatControlCAsInput() => ControlC.IsKey;

    public static void set_TreatControlCAsInput(bool value) => ControlC.SetKey(value);

    public static void Beep() => _out.Write('\a');
}
