using System;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>Reads commands and carries them out, until the machine stops.</summary>
internal static class Program
{
    private static readonly string _prompt = Palette.Good("memos") + "> ";

    private static int Main()
    {
        Console.WriteLine("Type \"help\" for what there is. Tab completes, up and down recall.");
        LineInput input = new(CommandTable.Complete);
        while (true)
        {
            Jobs.ReportEnded();
            // What a command leaves goes at once: a shell grows no bigger by being used.
            GC.Collect();
            // Ctrl-D: for the shell the machine was booted for there is nothing to go back to.
            string line = input.ReadLine(_prompt) ?? "";
            string[] words = CommandLineText.Split(line);
            if (words.Length > 0)
                Run(words);
        }
    }

    // Whatever a command throws is told; the shell goes on.
    private static void Run(string[] words)
    {
        try
        {
            CommandTable.Run(words);
        }
        catch (OutOfMemoryException)
        {
            Console.WriteLine(Palette.Bad("There is not enough memory for that."));
        }
        catch (Exception exception)
        {
            Console.WriteLine(Palette.Bad(exception.Message));
        }
    }
}
