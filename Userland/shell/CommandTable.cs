using System;
using System.Collections.Generic;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>The shell's commands; every other word is the name of a program.</summary>
internal static class CommandTable
{
    private static readonly Command[] _commands =
    [
        new("help", "", "shows this", _ => Help()),
        new("run", "NAME [ARG]...", "runs a program; & at the end: beside the shell", Jobs.Run),
        new("programs", "", "lists the programs", _ => Reports.Programs()),
        new("ps", "", "lists the processes", _ => Reports.Processes()),
        new("kill", "PID", "ends a program that was started with &", Jobs.Kill),
        new("mem", "", "shows the machine's memory and the shell's", _ => Reports.Memory()),
        new("maps", "[PID]", "shows the address space of a process", Reports.Maps),
        new("log", "", "shows the kernel's log", _ => Console.Write(KernelLog.Read())),
        new("uptime", "", "shows how long the machine has been on", _ => Reports.Uptime()),
        new("echo", "[WORD]...", "says it back", Reports.Echo),
        new("clear", "", "clears the screen", _ => Console.Write(Ansi.ClearScreen)),
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

    /// <summary>What Tab offers: commands and programs, then programs after "run".</summary>
    internal static IEnumerable<string> Complete(string line)
    {
        string[] words = CommandLineText.Split(line);
        bool isFirst = words.Length == 0 || (words.Length == 1 && !line.EndsWith(' '));
        bool isProgram = words.Length > 0 && words[0] == "run" && words.Length <= 2;
        List<string> candidates = isFirst || isProgram ? [.. Process.Programs()] : [];
        if (isFirst)
            candidates.AddRange(Array.ConvertAll(_commands, command => command.Name));
        return candidates;
    }

    private static void Help()
    {
        Table table = new("command", "does");
        foreach (Command command in _commands)
            table.Add($"{command.Name} {command.Usage}".TrimEnd(), command.Does);
        Console.Write(table);
        Console.WriteLine("Any other word is the name of a program: \"hello\" is \"run hello\".");
    }
}
