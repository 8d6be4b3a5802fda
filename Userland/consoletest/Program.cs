using System;
using MemOS.Userland;

namespace MemOS.ConsoleTest;

/// <summary>
/// Programs that do not let go of the console or the processor, for tests of Ctrl-C, jobs and
/// shares.
/// </summary>
internal static class Program
{
    private const int Unknown = 1000;

    private static int Main(string[] args)
    {
        string word = args.Length == 0 ? "" : args[0];
        Console.WriteLine($"{word} runs");
        switch (word)
        {
            case "read":
                return Typing.ReadAll();
            case "line":
                return Typing.ShowLine();
            case "flood":
                Hogs.Flood();
                break;
            case "spin":
                Hogs.Spin();
                break;
            case "threads":
                Hogs.SpinThreads();
                break;
            case "forks":
                Hogs.Fork();
                break;
            case "scatter":
                return Hogs.Scatter();
            case "hoard":
                return Hogs.Hoard();
            case "cancel":
                return Interruptions.CancelOnce();
            case "ignore":
                Interruptions.CancelAlways();
                break;
            case "key":
                return Interruptions.ReadAsKey();
            case "reach":
                return Reaching.Run();
            case "children":
                return Shares.BesideChildren();
            case "share":
                return Shares.BesideThreads();
        }
        return Unknown;
    }
}
