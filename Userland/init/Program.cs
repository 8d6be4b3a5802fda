using System;
using System.Linq;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Terminal;

namespace MemOS.Init;

/// <summary>
/// The first process: runs the demos, then keeps a shell running. Its arguments are the words of
/// the kernel's command line.
/// </summary>
internal static class Program
{
    // Words that make it do one thing and switch the machine off.
    private const string DemoWord = "demo";
    private const string BenchWord = "bench";
    private const string EntriesWord = "entries";

    // How long to leave a shell alone that has ended, so that one that always does keeps nobody
    // from reading why.
    private const uint RestMilliseconds = 500;

    private static readonly string[] _banner =
    [
        @"  __  __                ___  ____  ",
        @" |  \/  | ___ _ __ ___ / _ \/ ___| ",
        @" | |\/| |/ _ \ '_ ` _ \ | | \___ \ ",
        @" | |  | |  __/ | | | | | |_| |___) |",
        @" |_|  |_|\___|_| |_| |_|\___/|____/ ",
    ];

    private static int Main(string[] args)
    {
        foreach (string line in _banner)
            Console.WriteLine(Palette.Title(line));
        Console.WriteLine("\n 64-bit, write-xor-execute, every address at random; in C#.\n");
        if (args.Contains(BenchWord))
        {
            Run("bench");
            Machine.ShutDown();
        }
        DemoRun.All();
        if (args.Contains(EntriesWord))
            Run("longest");
        if (args.Contains(DemoWord) || args.Contains(EntriesWord))
            Machine.ShutDown();
        while (true)
        {
            Console.WriteLine();
            Run("shell");
            Console.WriteLine("\nThe shell has ended; here is another.");
            Clock.Sleep(RestMilliseconds);
        }
    }

    private static void Run(string program)
    {
        // Who is at the console may drive all devices.
        ErrorCode error = Process.TrySpawn(
            program, [], out ProcessId child, Process.OwnPriority, Device.Drivables());
        if (error != ErrorCode.None)
        {
            string reason = ErrorText.Of(SyscallCode.Spawn, error);
            Console.WriteLine(Palette.Bad($"{program}: {reason}"));
            return;
        }
        ProcessEnd end = Process.Wait(child);
        if (!end.IsSuccess)
            Console.WriteLine(Palette.Bad($"{program}: {end}"));
    }
}
