using System;
using MemOS.Userland;
using MemOS.Userland.Terminal;

namespace MemOS.Longest;

/// <summary>Copies of the program that do something.</summary>
internal static class Children
{
    /// <summary>Starts a copy that does something and ends.</summary>
    internal static ProcessId Run(Action action)
    {
        if (Process.Copy() is { } child)
            return child;
        try
        {
            action();
        }
        catch (MemOsException exception)
        {
            Console.WriteLine(Palette.Bad(exception.Message));
        }
        Process.Exit(0);
        return default;
    }

    /// <summary>Starts a copy that does something and then waits until it is ended.</summary>
    internal static ProcessId Copy(Action action)
    {
        if (Process.Copy() is { } child)
            return child;
        action();
        while (true)
            Clock.Sleep(uint.MaxValue);
    }
}
