using System;
using System.IO;
using System.Text;
using Cosmos.Core.Time;
using Cosmos.System.Terminals;
using IL2CPU.API.Attribs;

namespace Cosmos.System.Plugs;

/// <summary><see cref="Console"/> over <see cref="Terminal.Active"/>.</summary>
/// <remarks>All other members of the class lead to these.</remarks>
[Plug(typeof(Console))]
public static class ConsolePlug
{
    private const int BeepHertz = 800;
    private const int BeepMilliseconds = 200;
    private const int CursorPercent = 100;

    private static TextWriter? _out;
    private static TextWriter? _error;
    private static TextReader? _in;
    private static Encoding? _outputEncoding;
    private static Encoding? _inputEncoding;
    private static string _title = "";

    public static TextWriter get_Out() => _out ??= new TerminalWriter();

    public static TextWriter get_Error() => _error ??= new TerminalWriter();

    public static TextReader get_In() => _in ??= new TerminalReader();

    public static void SetOut(TextWriter newOut) => _out = newOut;

    public static void SetError(TextWriter newError) => _error = newError;

    public static void SetIn(TextReader newIn) => _in = newIn;

    public static Stream OpenStandardOutput() => new TerminalStream();

    public static Stream OpenStandardError() => new TerminalStream();

    // Text is characters up to the terminal, so what is set here changes nothing but the answer.
    public static Encoding get_OutputEncoding() => _outputEncoding ?? Encoding.UTF8;

    public static void set_OutputEncoding(Encoding value) => _outputEncoding = value;

    public static Encoding get_InputEncoding() => _inputEncoding ?? Encoding.UTF8;

    public static void set_InputEncoding(Encoding value) => _inputEncoding = value;

    public static bool get_IsInputRedirected() => false;

    public static bool get_IsOutputRedirected() => false;

    public static bool get_IsErrorRedirected() => false;

    public static bool get_KeyAvailable() => KeyboardManager.KeyAvailable;

    // Control-C is a key like any other: there is nobody to interrupt a kernel.
    public static bool get_TreatControlCAsInput() => true;

    public static void set_TreatControlCAsInput(bool value) => _ = value;

    public static void add_CancelKeyPress(ConsoleCancelEventHandler? value) => _ = value;

    public static void remove_CancelKeyPress(ConsoleCancelEventHandler? value) => _ = value;

    public static ConsoleKeyInfo ReadKey() => ReadKey(false);

    public static ConsoleKeyInfo ReadKey(bool intercept)
    {
        KeyEvent key = KeyboardManager.ReadKey();
        if (!intercept && (key.KeyChar == '\n' || !char.IsControl(key.KeyChar)))
            Terminal.Active.Write([key.KeyChar]);
        return ConsoleKeys.ToKeyInfo(key);
    }

    public static bool get_NumberLock() => KeyboardManager.NumLock;

    public static bool get_CapsLock() => KeyboardManager.CapsLock;

    public static void Clear() => Terminal.Active.Clear();

    public static ConsoleColor get_ForegroundColor() => Terminal.Active.Foreground;

    public static void set_ForegroundColor(ConsoleColor value) =>
        Terminal.Active.SetColors(value, Terminal.Active.Background);

    public static ConsoleColor get_BackgroundColor() => Terminal.Active.Background;

    public static void set_BackgroundColor(ConsoleColor value) =>
        Terminal.Active.SetColors(Terminal.Active.Foreground, value);

    public static void ResetColor() => Terminal.Active.ResetColors();

    public static int get_CursorLeft() => Terminal.Active.Column;

    public static int get_CursorTop() => Terminal.Active.Row;

    public static void set_CursorLeft(int value) =>
        Terminal.Active.MoveTo(value, Terminal.Active.Row);

    public static void set_CursorTop(int value) =>
        Terminal.Active.MoveTo(Terminal.Active.Column, value);

    public static (int Left, int Top) GetCursorPosition() =>
        (Terminal.Active.Column, Terminal.Active.Row);

    public static void SetCursorPosition(int left, int top) => Terminal.Active.MoveTo(left, top);

    public static int get_CursorSize() => CursorPercent;

    public static bool get_CursorVisible() => Terminal.Active.CursorVisible;

    public static void set_CursorVisible(bool value) => Terminal.Active.CursorVisible = value;

    public static int get_WindowWidth() => Terminal.Active.Columns;

    public static int get_WindowHeight() => Terminal.Active.Rows;

    public static int get_BufferWidth() => Terminal.Active.Columns;

    public static int get_BufferHeight() => Terminal.Active.Rows;

    public static int get_LargestWindowWidth() => Terminal.Active.Columns;

    public static int get_LargestWindowHeight() => Terminal.Active.Rows;

    public static string get_Title() => _title;

    public static void set_Title(string value) => _title = value;

    public static void Beep() => Beep(BeepHertz, BeepMilliseconds);

    public static void Beep(int frequency, int duration)
    {
        PIT.StartSound((uint)frequency);
        Clock.Wait((uint)duration);
        PIT.StopSound();
    }
}
