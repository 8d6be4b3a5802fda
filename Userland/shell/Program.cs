using System;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>Reads commands and carries them out, until the machine stops.</summary>
internal static class Program
{
    private static readonly string _prompt = Ansi.Paint("memos", ConsoleColor.Green) + "> ";

    private static int Main()
    {
        Console.WriteLine("Type \"help\" for what there is. Tab completes, up and down recall.");
        LineInput input = new(CommandTable.Complete);
        while (true)
        {
            Jobs.ReportEnded();
            // Ctrl-D: there is nothing outside the shell to go back to.
            string line = input.ReadLine(_prompt) ?? "";
            string[] words = CommandLineText.Split(line);
            if (words.Length > 0)
                Run(words);
        }
    }

    private static void Run(string[] words)
    {
        try
        {
            CommandTable.Run(words);
        }
        catch (Exception exception) when (exception is MemOsException or UsageException)
        {
            Console.WriteLine(Ansi.Paint(exception.Message, ConsoleColor.Red));
        }
        catch (OutOfMemoryException)
        {
            Console.WriteLine(Ansi.Paint("There is not enough memory for that.", ConsoleColor.Red));
        }
    }
}
