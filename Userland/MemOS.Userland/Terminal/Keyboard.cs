using System;
using System.Threading;

namespace MemOS.Userland.Terminal;

/// <summary>The keys that arrive at the program's console.</summary>
public static class Keyboard
{
    // Bytes of one key come together; a longer silence means that the key is complete.
    private const int SilenceMilliseconds = 50;

    private static readonly KeyDecoder _decoder = new();
    private static readonly byte[] _bytes = new byte[64];
    private static int _next;
    private static int _count;
    private static ConsoleKeyInfo? _ahead;

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

    /// <summary>Whether more has been typed that was taken from the console already.</summary>
    internal static bool HasMore => _ahead is not null || _next < _count;

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
            if (_next == _count)
            {
                _next = 0;
                _count = SystemConsole.Read(_bytes, wait);
            }
            if (_count == 0)
                return _decoder.IsInsideKey && _decoder.Pause(out key);
            if (_decoder.Feed(_bytes[_next++], out key))
                return true;
        }
    }
}
