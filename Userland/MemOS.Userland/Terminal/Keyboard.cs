using System;
using System.Threading;

namespace MemOS.Userland.Terminal;

/// <summary>The keys that arrive at the program's console.</summary>
/// <remarks>
/// Takes one byte at a time: what is typed ahead stays in the console, for whichever program reads
/// next.
/// </remarks>
public static class Keyboard
{
    // Bytes of one key come together; a longer silence means that the key is complete.
    private const int SilenceMilliseconds = 50;

    // How long at most Ctrl-C goes unnoticed where it is a key, in ms.
    private const int ControlCMilliseconds = 50;
    private const char ControlCCharacter = '\u0003';

    private static readonly KeyDecoder _decoder = new();
    private static readonly byte[] _byte = new byte[1];
    private static ConsoleKeyInfo? _ahead;
    private static int _controlCs;

    /// <summary>Waits for a key and takes it.</summary>
    public static ConsoleKeyInfo ReadKey()
    {
        ConsoleKeyInfo key;
        while (!TryReadKey(Timeout.Infinite, out key))
        {
            // What came was no key.
        }
        return key;
    }

    /// <summary>Whether <see cref="ReadKey"/> would not wait.</summary>
    public static bool IsKeyAvailable
    {
        get
        {
            if (_ahead is null && TryReadKey(0, out ConsoleKeyInfo key))
                _ahead = key;
            return _ahead is not null;
        }
    }

    /// <summary>Takes a key if one comes in time.</summary>
    /// <param name="milliseconds">How long to wait for it; -1 waits for ever.</param>
    /// <param name="key">The key.</param>
    public static bool TryReadKey(int milliseconds, out ConsoleKeyInfo key)
    {
        key = _ahead ?? default;
        if (_ahead is not null)
        {
            _ahead = null;
            return true;
        }
        while (true)
        {
            int wait = _decoder.IsInsideKey ? SilenceMilliseconds : milliseconds;
            if (ControlC.IsKey && wait == Timeout.Infinite)
                wait = ControlCMilliseconds;
            if (SystemConsole.Read(_byte, wait) == 0)
                return _decoder.IsInsideKey ? _decoder.Pause(out key) : TakeControlC(out key);
            if (_decoder.Feed(_byte[0], out key))
                return true;
        }
    }

    /// <summary>Ctrl-C has come as a signal.</summary>
    internal static void PutControlC() => _controlCs++;

    private static bool TakeControlC(out ConsoleKeyInfo key)
    {
        bool isThere = _controlCs > 0;
        if (isThere)
            _controlCs--;
        key = isThere ? KeyNames.Of(ControlCCharacter) : default;
        return isThere;
    }
}
