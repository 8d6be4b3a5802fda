using System;
using System.Globalization;
using MemOS.Selftest;
using MemOS.Userland;

namespace MemOS.Backtest;

/// <summary>
/// Holds the kernel and the library to what docs/abi.md says of segments with a backer: who is
/// served, and what comes of it when nobody is. Not a demo; a test runs it.
/// </summary>
internal static class Program
{
    /// <summary>The program's own name in the archive.</summary>
    internal const string Name = "backtest";

    /// <summary>What a child exits with that found all as it should be.</summary>
    internal const int Right = 21;

    /// <summary>What one exits with that found something else.</summary>
    internal const int Wrong = 22;

    private static int Main(string[] args)
    {
        if (args.Length != 0)
            return RunChild(args[0], args);
        Checks checks = new(Name);
        Children children = new(checks);
        Action[] groups =
        [
            new OwnChecks(checks).Run, new ReaderChecks(children).Run,
            new BackerChecks(children).Run, new ChainChecks(children).Run,
        ];
        foreach (Action run in groups)
        {
            run();
            checks.PrintFailures();
        }
        return checks.Print();
    }

    private static int RunChild(string mode, string[] args)
    {
        SegmentId id = SegmentId.TryParse(args[1], out SegmentId segment) ? segment : default;
        ulong number = args.Length < 3 ? 0 : ulong.Parse(args[2], CultureInfo.InvariantCulture);
        return mode switch
        {
            "read" => Readers.Read(id, number),
            "read-all" => Readers.ReadAll(id, number),
            "read-told" => Readers.ReadTold(id, number),
            "read-again" => Readers.ReadAgain(id, number),
            "read-warned" => Readers.ReadWarned(id, number),
            "read-threads" => Readers.ReadWithThreads(id, number),
            "write-copies" => Readers.WriteCopies(id, number),
            "read-copy" => Readers.ReadInCopy(id, number),
            "serve-copy" => Alone.ServeCopy(),
            "run-own" => Alone.RunCode(),
            "far" => Alone.ReadFar(),
            "copies" => Alone.WriteCopies(),
            "starve" => Alone.Starve(),
            "back" => Backers.Back(id, new ProcessId(number)),
            "back-given-up" => Backers.BackWithoutIt(id, new ProcessId(number)),
            "back-late" => Backers.BecomeReady(id, new ProcessId(number), isInTime: true),
            "back-never" => Backers.BecomeReady(id, new ProcessId(number), isInTime: false),
            "back-none" => Backers.HandleNothing(id, new ProcessId(number)),
            "back-bad" => Backers.HandleBadly(id, new ProcessId(number), isTold: false),
            "back-told" => Backers.HandleBadly(id, new ProcessId(number), isTold: true),
            "back-next" => Backers.LeaveToNext(id, new ProcessId(number)),
            _ => throw new ArgumentException($"no such mode: {mode}"),
        };
    }
}
