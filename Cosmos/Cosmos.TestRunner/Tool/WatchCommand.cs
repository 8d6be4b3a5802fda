using System;
using System.CommandLine;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using Cosmos.TestRunner.Engine.Machines;

namespace Cosmos.TestRunner.Tool;

/// <summary>
/// <c>cosmos-test watch</c>: boots an image, shows its console, and waits until it is off.
/// </summary>
internal static class WatchCommand
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary>Describes the command.</summary>
    public static Command Create()
    {
        Command command = new("watch", "Boots an image and shows its console until it is off.");
        MachineOptions options = new();
        options.AddTo(command);
        Option<string> expect = new("--expect")
        {
            Description = "A regular expression that the console must show for success.",
            DefaultValueFactory = _ => "",
        };
        command.Options.Add(expect);
        command.SetAction(result =>
        {
            using QemuSession session =
                QemuSession.Start(options.MachineOf(result), options.FolderOf(result));
            Ending ending = Show(session, options.PatienceOf(result));
            string pattern = result.GetRequiredValue(expect);
            return Judge(ending, session.Transcript.Text, pattern);
        });
        return command;
    }

    private static Ending Show(QemuSession session, Patience patience)
    {
        using CancellationTokenSource done = new();
        Task printing = Task.Run(() => Print(session, done.Token));
        Ending ending = session.WaitForPowerOff(patience);
        done.Cancel();
        printing.Wait();
        return ending;
    }

    private static void Print(QemuSession session, CancellationToken done)
    {
        int shown = 0;
        bool last;
        do
        {
            last = done.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(50));
            string text = session.Transcript.Text;
            Console.Write(text[shown..]);
            shown = text.Length;
        }
        while (!last);
    }

    private static int Judge(Ending ending, string text, string pattern)
    {
        if (ending != Ending.PoweredOff)
        {
            Console.Error.WriteLine($"\nThe machine did not power off: {ending}.");
            return Failure;
        }

        if (!Regex.IsMatch(text, pattern))
        {
            Console.Error.WriteLine($"\nThe console never showed: {pattern}");
            return Failure;
        }

        return Success;
    }
}
