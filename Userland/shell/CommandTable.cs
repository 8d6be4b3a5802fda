using System;
using System.Collections.Generic;
using System.Linq;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>The shell's commands; every other word is the name of a program.</summary>
internal static class CommandTable
{
    private const string RunCommand = "run";
    private const string DriveCommand = "drive";

    private static readonly Command[] _commands =
    [
        new("help", "[NAME]", "shows this, or what a command or program does", Help),
        new(RunCommand, "NAME [WORD]...", "runs a program; & at the end: beside the shell",
            Jobs.Run),
        new(DriveCommand, "NAME [WORD]...",
            "runs a program that may do and have all, and drive all devices", Jobs.Drive),
        new("devices", "", "lists the devices", _ => Reports.Devices()),
        new("programs", "", "lists the programs", _ => Reports.Programs()),
        new("ps", "", "lists the processes", _ => Reports.Processes()),
        new("jobs", "", "lists the jobs: what each uses, and its share of the processor",
            _ => Jobs.List()),
        new("kill", "PID | %JOB", "ends a program that was started with &, or a whole job",
            Jobs.Kill),
        new("mem", "", "shows the machine's memory and the shell's", _ => Reports.Memory()),
        new("maps", "[PID]", "shows the address space of a process", Reports.Maps),
        new("log", "", "shows the kernel's log", _ => Reports.Log()),
        new("audit", "", "has the kernel check all of its memory", _ => Reports.Audit()),
        new("uptime", "", "shows how long the machine has been on", _ => Reports.Uptime()),
        new("echo", "[WORD]...", "says it back", Reports.Echo),
        new("clear", "", "clears the screen", _ => Console.Write(Ansi.ClearScreen)),
        new("exit", "", "ends this shell", _ => Process.Exit(0)),
        new("reboot", "", "starts the machine again", _ => Machine.Reboot()),
        new("shutdown", "", "switches the machine off", _ => Machine.ShutDown()),
    ];

    /// <summary>Carries a command out.</summary>
    /// <param name="words">The name of a command or program, and what follows; not empty.</param>
    /// <exception cref="UsageException">There is no such thing.</exception>
    internal static void Run(string[] words)
    {
        Command? command = Array.Find(_commands, candidate => candidate.Name == words[0]);
        if (command is not null)
            command.Run(words[1..]);
        else
            Jobs.Run(words);
    }

    /// <summary>
    /// What Tab offers: commands and programs first, programs after "run" and "drive".
    /// </summary>
    internal static IEnumerable<string> Complete(string line)
    {
        string[] words = CommandLineText.Split(line);
        // The word at the cursor is being typed; those before it say what can follow.
        int before = line.EndsWith(' ') ? words.Length : Math.Max(words.Length - 1, 0);
        bool isFirst = before == 0;
        bool isProgram = before == 1 && words[0] is RunCommand or DriveCommand;
        List<string> candidates = isFirst || isProgram ? [.. Process.Programs()] : [];
        if (isFirst)
            candidates.AddRange(Array.ConvertAll(_commands, command => command.Name));
        return candidates;
    }

    private static void Help(string[] words)
    {
        if (words.Length > 1)
            throw new UsageException("help [NAME]");
        if (words is [string name])
        {
            HelpWith(name);
            return;
        }
        Table table = new("command", "does");
        foreach (Command command in _commands)
            table.Add($"{command.Name} {command.Usage}".TrimEnd(), command.Does);
        Console.Write(table);
        Console.WriteLine("Any other word is the name of a program: \"hello\" is \"run hello\".");
    }

    private static void HelpWith(string name)
    {
        if (Array.Find(_commands, candidate => candidate.Name == name) is Command command)
            Console.WriteLine($"{$"{name} {command.Usage}".TrimEnd()}: {command.Does}");
        else if (Process.Programs().Contains(name))
            Console.WriteLine($"{name}: a program that {ProgramNotes.Of(name)}");
        else
            throw new UsageException($"no command or program \"{name}\"; \"programs\" lists them.");
    }
}
