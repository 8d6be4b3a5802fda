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
            return RunChild(args);
        Checks checks = new(Name);
        new OwnChecks(checks).Run();
        new ReaderChecks(checks).Run();
        return checks.Print();
    }

    private static int RunChild(string[] args)
    {
        SegmentId id = SegmentId.TryParse(args[1], out SegmentId segment) ? segment : default;
        ulong number = args.Length < 3 ? 0 : ulong.Parse(args[2], CultureInfo.InvariantCulture);
        return args[0] switch
        {
            "read" => Readers.Read(id, number),
            "read-all" => Readers.ReadAll(id, number),
            "read-told" => Readers.ReadTold(id, number),
            _ => throw new ArgumentException($"no such mode: {args[0]}"),
        };
    }
}
