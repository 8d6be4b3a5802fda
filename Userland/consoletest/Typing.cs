using System;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>Those who read what is typed.</summary>
internal static class Typing
{
    // Takes all keys that it can get, for ever.
    internal static int ReadAll()
    {
        byte[] bytes = new byte[64];
        while (true)
        {
            int count = SystemConsole.Read(bytes, -1);
            Console.WriteLine($"took {count} bytes");
        }
    }

    internal static int ShowLine()
    {
        string line = Console.ReadLine() ?? "";
        Console.WriteLine($"read '{line.Replace("\t", "<tab>", StringComparison.Ordinal)}'");
        return 0;
    }
}
