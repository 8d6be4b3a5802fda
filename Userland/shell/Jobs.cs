using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Shell;

/// <summary>The programs that the shell has started.</summary>
internal static class Jobs
{
    private const string Beside = "&";
    private const int LongestShown = 40;

    private static readonly Dictionary<ProcessId, string> _running = [];

    /// <summary>Runs a program, and waits for it unless it is to run beside the shell.</summary>
    /// <param name="words">Name, arguments, perhaps &amp;.</param>
    internal static void Run(string[] words) => Run(words, []);

    /// <summary>The same for a program that may drive all devices that the shell may.</summary>
    /// <param name="words">Name, arguments, perhaps &amp;.</param>
    internal static void Drive(string[] words) => Run(words, Device.Drivables());

    /// <summary>Ends a program that runs beside the shell.</summary>
    /// <param name="words">Its number.</param>
    internal static void Kill(string[] words)
    {
        if (words is not [string number] || !ProcessId.TryParse(number, out ProcessId child))
            throw new UsageException("kill PID; \"ps\" shows the numbers.");
        if (!_running.Remove(child, out string? name))
            throw new UsageException($"{child} is not a program that this shell started with &.");
        Console.WriteLine($"[{child}] {name}: {Process.Kill(child)}");
    }

    /// <summary>Tells of programs beside the shell that have ended.</summary>
    internal static void ReportEnded()
    {
        foreach ((ProcessId child, string name) in _running.ToArray())
        {
            if (!Process.TryWait(child, 0, out ProcessEnd end))
                continue;
            _running.Remove(child);
            Console.WriteLine($"[{child}] {name}: {end}");
        }
    }

    private static void Run(string[] words, DeviceId[] devices)
    {
        bool isBeside = words is [.., Beside];
        if (isBeside)
            words = words[..^1];
        if (words.Length == 0)
            throw new UsageException("run what? \"programs\" lists them.");
        ErrorCode error = Process.TrySpawn(
            words[0], words[1..], out ProcessId child, Process.OwnPriority, devices);
        if (error != ErrorCode.None)
            throw new UsageException(
                $"{Shorten(words[0])}: {ErrorText.Of(SyscallCode.Spawn, error)}");
        if (isBeside)
        {
            _running.Add(child, words[0]);
            Console.WriteLine($"[{child}] {words[0]}");
            return;
        }
        ProcessEnd end = Process.Wait(child);
        if (!end.IsSuccess)
            Console.WriteLine($"{words[0]}: {end}");
    }

    // What is no program may be any text that was typed.
    private static string Shorten(string name) =>
        name.Length <= LongestShown ? name : name[..LongestShown] + "...";
}
