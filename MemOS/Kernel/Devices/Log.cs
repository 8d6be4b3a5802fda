using System;
using MemOS.Consoles;

namespace MemOS.Devices;

/// <summary>The kernel's log, for all of the kernel.</summary>
internal static class Log
{
    /// <summary>Bytes of text that are kept.</summary>
    internal const int Bytes = 64 * 1024;

    private static KernelLog? _log;

    private sealed class Uptime : ILogClock
    {
        public ulong Nanoseconds => Timer.Now;
    }

    /// <summary>Starts the log; its lines are shown there too.</summary>
    internal static void Start(ILogMirror mirror)
    {
        _log = new KernelLog(Bytes) { Mirror = mirror, Clock = new Uptime() };
        LogLine.Start();
    }

    /// <summary>What is going on, shown on the console as well.</summary>
    internal static void Info(ReadOnlySpan<char> line) => _log!.Write(LogLevel.Info, line);

    /// <summary>The same, with values in it.</summary>
    internal static void Info(LogLine line) => _log!.Write(LogLevel.Info, line.Text);

    /// <summary>A program did what it must not, or something is missing.</summary>
    internal static void Warn(ReadOnlySpan<char> line) => _log!.Write(LogLevel.Warning, line);

    /// <summary>The same, with values in it.</summary>
    internal static void Warn(LogLine line) => _log!.Write(LogLevel.Warning, line.Text);

    /// <summary>Only for who reads the log.</summary>
    internal static void Debug(LogLine line) => _log!.Write(LogLevel.Debug, line.Text);

    /// <summary>Bytes of the newest whole lines that so many bytes have room for.</summary>
    internal static int NewestThatFit(int bytes) => _log!.NewestThatFit(bytes);

    /// <summary>Copies text that begins so many bytes before the log's end.</summary>
    internal static void Copy(int beforeEnd, Span<byte> to) => _log!.Copy(beforeEnd, to);
}
