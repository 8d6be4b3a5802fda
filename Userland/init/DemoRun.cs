using System;

using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace MemOS.Init;

/// <summary>Runs the demos one after another and says how they went.</summary>
internal static class DemoRun
{
    private static readonly (string Program, string Shows, string[] Arguments)[] _demos =
    [
        ("hello", "a C# program in ring 3, and where its parts lie", ["from", "init"]),
        ("layout", "no two runs, and no two parts, lie alike", []),
        ("writexec", "nothing is both writable and executable", []),
        ("isolation", "no way to the kernel, to others, to the hardware", []),
        ("hog", "memory runs out politely and comes back whole", []),
        ("crash", "what fails is ended, everything else goes on", []),
    ];

    /// <summary>Runs all demos.</summary>
    /// <returns>Whether all of them passed.</returns>
    internal static bool All()
    {
        Table table = new Table("demo", "shows", "result", "ms").AlignRight(3);
        int passed = 0;
        foreach ((string program, string shows, string[] arguments) in _demos)
        {
            Console.WriteLine(Ansi.Paint($"--- {program}: {shows}", ConsoleColor.Yellow));
            long start = Stopwatch.GetTimestamp();
            bool isPassed = IsPassed(program, arguments);
            long milliseconds = (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            passed += isPassed ? 1 : 0;
            string result = isPassed
                ? Ansi.Paint("ok", ConsoleColor.Green)
                : Ansi.Paint("FAILED", ConsoleColor.Red);
            table.Add(program, shows, result, $"{milliseconds}");
            Console.WriteLine();
        }
        Console.WriteLine(table);
        Console.WriteLine($"demos: {passed} passed, {_demos.Length - passed} failed");
        return passed == _demos.Length;
    }

    private static bool IsPassed(string program, string[] arguments)
    {
        ErrorCode error = Process.TrySpawn(program, arguments, out ProcessId child);
        if (error != ErrorCode.None)
        {
            Console.WriteLine($"{program}: FAILED {ErrorText.Of(SyscallCode.Spawn, error)}");
            return false;
        }
        ProcessEnd end = Process.Wait(child);
        if (end.Reason != EndReason.Exited)
            Console.WriteLine($"{program}: FAILED {end}");
        return end.IsSuccess;
    }
}
