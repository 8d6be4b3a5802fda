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
    // No error code, so that it is not taken for a refusal.
    private const int UnknownAttempt = 1000;

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
    public int Run(string[] args) => Run(args, static _ => { });

    /// <summary>The same, and something to look at when all children have ended.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <param name="inspect">Looks for damage done.</param>
    /// <returns>The program's exit code.</returns>
    public int Run(string[] args, Action<Verdict> inspect)
    {
        if (args.Length > 0)
            return Make(args[0]);
        Verdict verdict = new(program);
        Table table = new("attempt", "outcome");
        foreach (Attempt attempt in _attempts)
        {
            ProcessEnd end = Process.Wait(Process.Spawn(program, [attempt.Name, .. given]));
            bool isStopped = end.IsLike(attempt.Expected);
            if (!isStopped)
                verdict.Fail($"{attempt.Name}: {end}, not {attempt.Expected.Reason}");
            string outcome = Outcome(end);
            table.Add(attempt.Name, isStopped ? Palette.Good(outcome) : Palette.Bad(outcome));
        }
        Console.Write(table);
        inspect(verdict);
        return verdict.Print();
    }

    /// <summary>The names of the attempts.</summary>
    public IEnumerator<string> GetEnumerator()
    {
        foreach (Attempt attempt in _attempts)
            yield return attempt.Name;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int Make(string name)
    {
        foreach (Attempt attempt in _attempts)
        {
            if (attempt.Name == name)
                return attempt.Act();
        }
        Console.WriteLine($"{program} knows no attempt \"{name}\".");
        return UnknownAttempt;
    }

    private static string Outcome(ProcessEnd end) => end switch
    {
        { Reason: EndReason.Exited, Data: 0 } => "GOT AWAY WITH IT",
        { Reason: EndReason.Exited } => $"refused with error 0x{end.Data:X2}",
        _ => end.ToString(),
    };
}
