using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// How long entries into the kernel are, in instructions: a kernel that measures them runs the
/// demos and then the program <c>longest</c>, which tries for the longest.
/// </summary>
public sealed partial class LongestEntries
{
    /// <summary>Instructions that no entry is to be longer than.</summary>
    public const ulong Limit = 200_000;

    private static readonly Patience _patience = new(
        Silence: TimeSpan.FromMinutes(5), Limit: TimeSpan.FromMinutes(15));

    private LongestEntries(string console)
    {
        Console = console;
        string table = console[console.LastIndexOf("audit memory: ", StringComparison.Ordinal)..];
        Kinds = [.. Row().Matches(table).Select(static row => (row.Groups[1].Value,
            ulong.Parse(row.Groups[2].Value, NumberStyles.AllowThousands,
                CultureInfo.InvariantCulture)))];
    }

    /// <summary>What the machine wrote.</summary>
    public string Console { get; }

    /// <summary>The longest entry of each kind, the longest kinds first.</summary>
    public IReadOnlyList<(string Name, ulong Instructions)> Kinds { get; }

    /// <summary>The longest entry of all.</summary>
    public (string Name, ulong Instructions) Longest => Kinds[0];

    /// <summary>Boots a machine and waits until all is tried.</summary>
    public static LongestEntries Measure(CpuModel cpu)
    {
        RunFolder folder = RunFolder.Create(Repository.Artifacts, $"memos entries {cpu}");
        string variant = IsoVariant.Make(folder.FullPath, "entries");
        Machine machine = new(variant) { Clock = Clock.Instructions, Cpu = cpu };
        using QemuSession session = QemuSession.Start(machine, folder);
        Ending ending = session.WaitForText("longest entry: ", 0, _patience);
        string console = session.Transcript.PlainText;
        Assert.True(ending == Ending.Reached, $"{ending}:\n{console}");
        return new LongestEntries(console);
    }

    [GeneratedRegex(@"^(\w[\w ]*?) {2,}([0-9,]+)\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
