using System;
using System.Collections;
using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Userland.Demos;

/// <summary>
/// Things that a process must not be able to do, each tried by a child of its own.
/// </summary>
/// <remarks>
/// The child is the same program with the attempt's name as its first argument. What an attempt
/// gives back becomes the child's exit code, so 0 says that it got away with it.
/// </remarks>
/// <param name="program">The program's name in the archive.</param>
/// <param name="given">Further arguments for every child.</param>
public sealed class Attempts(string program, params string[] given) : IEnumerable<string>
{
    private readonly List<Attempt> _attempts = [];

    private readonly record struct Attempt(string Name, ProcessEnd Expected, Func<int> Act);

    /// <summary>Adds an attempt that the processor must stop.</summary>
    /// <param name="name">What is tried.</param>
    /// <param name="fault">The fault that must end the child.</param>
    /// <param name="act">Tries it.</param>
    public void Add(string name, FaultKind fault, Action act) => _attempts.Add(
        new(name, new(EndReason.Faulted, 0, fault), () => { act(); return 0; }));

    /// <summary>Adds an attempt that the kernel must refuse.</summary>
    /// <param name="name">What is tried.</param>
    /// <param name="error">The error that it must give.</param>
    /// <param name="act">Tries it.</param>
    public void Add(string name, ErrorCode error, Func<ErrorCode> act) => _attempts.Add(
        new(name, new(EndReason.Exited, (ulong)error, default), () => (int)act()));

    /// <summary>In a child: makes its attempt. Else: starts a child for each and judges.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The program's exit code.</returns>
    public int Run(string[] args)
    {
        if (args.Length > 0)
            return _attempts.Find(attempt => attempt.Name == args[0]).Act();
        Verdict verdict = new(program);
        Table table = new("attempt", "expected", "outcome");
        foreach (Attempt attempt in _attempts)
        {
            ProcessEnd end = Process.Wait(Process.Spawn(program, [attempt.Name, .. given]));
            bool isStopped = end.IsLike(attempt.Expected);
            if (!isStopped)
                verdict.Fail($"{attempt.Name}: {end}");
            ConsoleColor color = isStopped ? ConsoleColor.Green : ConsoleColor.Red;
            table.Add(attempt.Name, Expected(attempt), Ansi.Paint(Outcome(end), color));
        }
        Console.Write(table);
        return verdict.Print();
    }

    /// <summary>The names of the attempts.</summary>
    public IEnumerator<string> GetEnumerator()
    {
        foreach (Attempt attempt in _attempts)
            yield return attempt.Name;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static string Expected(Attempt attempt) =>
        attempt.Expected.Reason == EndReason.Exited ? "refused" : "ended";

    private static string Outcome(ProcessEnd end) => end switch
    {
        { Reason: EndReason.Exited, Data: 0 } => "GOT AWAY WITH IT",
        { Reason: EndReason.Exited } => $"refused with error 0x{end.Data:X2}",
        _ => end.ToString(),
    };
}
