using System;
using System.Globalization;

namespace MemOS.Tests.Host.Images.Coverage;

/// <summary>
/// Programs' files and archives under fuzzing that is guided by coverage. MEMOS_FUZZ_RUNS says how
/// many inputs are tried, and MEMOS_FUZZ_SEED which.
/// </summary>
public sealed class CoverageTests
{
    private const long UsualRuns = 6_000;

    private static readonly long _runs = Number("MEMOS_FUZZ_RUNS", UsualRuns);
    private static readonly int _seed = (int)Number("MEMOS_FUZZ_SEED", 1);

    [Fact]
    public void Files_and_archives_that_take_new_ways_are_refused_or_keep_all_promises()
    {
        InstrumentedImages images = new();
        ElfBuilder builder = new();
        builder.Rela.Add((ElfBuilder.Data, 8, 0x1010));
        builder.Plt.Add((ElfBuilder.Data + 8, 8, 0x2000));
        builder.Relr.AddRange([ElfBuilder.Data + 64, 0xFF01]);
        Fuzz(images.Target(nameof(CoverageTargets.ReadProgram)),
            new ElfBuilder().Build(), builder.Build());
        Fuzz(images.Target(nameof(CoverageTargets.ReadArchive)),
            ArchiveBuilder.Of(("one", [1, 2, 3]), ("two", [])),
            ArchiveBuilder.Of(("a/rather/long/name", new byte[1000])));
    }

    private static void Fuzz(Action<byte[]> target, params byte[][] begin)
    {
        using CoverageFuzzer fuzzer = new(target, _seed);
        foreach (byte[] input in begin)
            fuzzer.Add(input);
        int before = fuzzer.Edges;
        fuzzer.Run(_runs);
        // Or nothing would be traced, or nothing be found.
        Assert.True(before > 20 && fuzzer.Edges > before + 10 && fuzzer.Kept > 10,
            $"{before} edges, then {fuzzer.Edges}, {fuzzer.Kept} inputs");
    }

    private static long Number(string variable, long usual) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text
            ? long.Parse(text, CultureInfo.InvariantCulture)
            : usual;
}
