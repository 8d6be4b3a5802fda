using System;
using System.Linq;
using MemOS.Userland;
using MemOS.Userland.Terminal;

namespace MemOS.Init;

/// <summary>The first process: runs the demos, then keeps a shell running.</summary>
internal static class Program
{
    // Words of the kernel's command line. Each does one thing and switches the machine off.
    private const string DemoArgument = "demo";
    private const string BenchArgument = "bench";

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
            Console.WriteLine(Ansi.Paint(line, ConsoleColor.Cyan));
        Console.WriteLine("\n 64-bit, write-xor-execute, every address at random; in C#.\n");
        if (args.Contains(BenchArgument))
        {
            Process.Wait(Process.Spawn("bench"));
            Machine.ShutDown();
        }
        bool arePassed = DemoRun.All();
        if (args.Contains(DemoArgument))
        {
            Console.WriteLine(arePassed ? "DEMOS PASSED" : "DEMOS FAILED");
            Machine.ShutDown();
        }
        while (true)
            KeepShell();
    }

    private static void KeepShell()
    {
        ProcessEnd end = Process.Wait(Process.Spawn("shell"));
        Console.WriteLine($"\nThe shell has ended ({end}); here is another.");
        // A shell that can't start must not keep the machine busy.
        Clock.Sleep(500);
    }
}
