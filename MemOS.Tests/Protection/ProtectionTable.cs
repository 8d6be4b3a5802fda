using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Tlb;
using MemOS.Tests.Target.Booted;

namespace MemOS.Tests.Protection;

/// <summary>What MemOS claims to protect, from a series of boots on one processor.</summary>
/// <param name="boots">The boots; the first one was looked at closely.</param>
internal sealed class ProtectionTable(IReadOnlyList<Boot> boots)
{
    private const ulong WriteProtect = 1UL << 16;
    private const ulong NoExecute = 1UL << 11;

    // Bits of CR4, and the kernel's names of what sets them.
    private static readonly (string Name, int Bit)[] _features =
        [("SMEP", 20), ("SMAP", 21), ("UMIP", 11), ("PKU", 22)];

    private Boot First => boots[0];

    /// <summary>All rows.</summary>
    public IEnumerable<Row> Rows() =>
        [.. Placement(), .. Parts(), .. Kernel(), .. Order(), .. Mappings(), .. Processor(),
            .. Attempts()];

    private bool HasFiveLevels => First.Log.Contains("5 levels", StringComparison.Ordinal);

    private IEnumerable<Row> Placement()
    {
        (double small, double large) = HasFiveLevels ? (43.9, 34.9) : (34.9, 25.9);
        yield return Row.AtLeast("bits of an allocation of 4 KB, by the places there are",
            Logged("an allocation ([0-9.]+) bits at 4 KB"), small);
        yield return Row.AtLeast("bits of an allocation of 2 MB, by the places there are",
            Logged("4 KB, ([0-9.]+) at 2 MB"), large);
        yield return Measured("allocation of 4 KB", Math.Ceiling(small));
        yield return Measured("allocation of 2 MB", Math.Ceiling(large));
    }

    private IEnumerable<Row> Parts()
    {
        double least = HasFiveLevels ? 44 : 35;
        return ((string[])["program", "stack", "heap"]).Select(part => Measured(part, least));
    }

    private Row Measured(string what, double least)
    {
        Match match = Regex.Match(First.Layout,
            what + ": ([0-9]+) bits of its place are chance, ([0-9]+) of its distance");
        double bits = match.Success
            ? match.Groups.Values.Skip(1).Min(
                group => double.Parse(group.Value, CultureInfo.InvariantCulture))
            : double.NaN;
        return Row.AtLeast($"bits of {what}, of its distance to others, by samples", bits, least);
    }

    private IEnumerable<Row> Kernel() =>
    [
        Row.AtLeast("bits of the kernel's image", Logged("kernel image ([0-9.]+) bits"), 25),
        Row.AtLeast("bits of the image in RAM", Logged("in RAM ([0-9.]+)"), 1),
        Row.AtLeast("bits of the direct map", Logged("direct map ([0-9.]+) bits"), 24),
        Row.AtLeast("bits of the kernel's heap", Logged("kernel heap ([0-9.]+)"), 30),
        Row.Holds("the image lies elsewhere at each boot",
            AllDiffer(boots.Select(boot => boot.ImageStart))),
        Row.Holds("the image lies elsewhere in RAM at each boot",
            AllDiffer(boots.Select(boot => boot.ImageFrame))),
    ];

    private IEnumerable<Row> Order()
    {
        double pieces = Logged("([0-9,]+) pieces of kernel code");
        yield return Row.AtLeast("bits of the order of the kernel's functions",
            Math.Floor(LogOfOrders(pieces)), 128);
        IEnumerable<int> distances = boots.SelectMany(boot => Distances(boot.Marks).Distinct());
        yield return Row.Holds("no two boots have a distance of functions in common",
            AllDiffer(distances));
    }

    private IEnumerable<Row> Mappings()
    {
        TlbDump dump = First.Dump;
        yield return Row.None(
            "pages that are writable and executable", dump.WritableAndExecutable.Count());
        yield return Row.None("pages of code that can be written by any address", Writable(
            dump.Entries.Where(entry => entry.Rights.HasFlag(TlbRights.Execute))));
        yield return Row.None("pages of the kernel's constants and types that can be written",
            Writable(dump.Entries.Where(entry => MappedPages.IsImage(entry)
                && !entry.Rights.HasFlag(TlbRights.Write))));
        yield return Row.None("executable pages of the kernel outside of its code",
            dump.Entries.Count(entry => entry.IsKernelHalf() && !MappedPages.IsImage(entry)
                && entry.Rights.HasFlag(TlbRights.Execute)));
        yield return Row.None("pages of the kernel that programs reach", dump.Entries.Count(
            entry => entry.IsKernelHalf() && entry.Rights.HasFlag(TlbRights.User)));
        foreach (string table in (string[])["GDT", "IDT"])
            yield return Row.Holds($"{table} apart from the image, read-only", IsApart(table));
    }

    private IEnumerable<Row> Processor()
    {
        yield return Row.Holds("NX and WP on", (First.Register("EFER") & NoExecute) != 0
            && (First.Register("CR0") & WriteProtect) != 0);
        ulong control = First.Register("CR4");
        foreach ((string name, int bit) in _features)
        {
            bool isThere = Regex.IsMatch(First.Log, $@"cpu: has [^\r\n]*\b{name}\b");
            yield return isThere
                ? Row.Holds(name + " on", (control >> bit & 1) != 0)
                : Row.Lacking(name + " on");
        }
    }

    private IEnumerable<Row> Attempts() => First.Programs.Select(
        program => Row.Holds($"all that {program.Name} tries is refused", program.IsGood));

    private double Logged(string pattern) => Boot.Number(First.Log, pattern);

    // In how many frames of these some mapping can write.
    private int Writable(IEnumerable<TlbEntry> constant)
    {
        HashSet<ulong> frames = [.. constant.SelectMany(MappedPages.Covered)];
        return First.Dump.Entries.Where(entry => entry.Rights.HasFlag(TlbRights.Write))
            .SelectMany(MappedPages.Covered).Count(frames.Contains);
    }

    private bool IsApart(string table)
    {
        Match match = Regex.Match(
            First.Registers, $"^{table} *= *([0-9a-f]{{16}}) ", RegexOptions.Multiline);
        ulong address = ulong.Parse(
            match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        ulong page = address - (address % MappedPages.SmallPage);
        return First.Dump.Entries.SingleOrDefault(entry => entry.Virtual.Value == page)
            is { } entry
            && !entry.Rights.HasFlag(TlbRights.Write) && !MappedPages.IsImage(entry)
            && Writable([entry]) == 0;
    }

    private static IEnumerable<int> Distances(IReadOnlyList<int> places) => places.SelectMany(
        (one, i) => places.Skip(i + 1).Select(other => Math.Abs(one - other)));

    private static bool AllDiffer<T>(IEnumerable<T> all)
    {
        HashSet<T> seen = [];
        return all.All(seen.Add);
    }

    // The binary logarithm of the factorial: Stirling's formula.
    private static double LogOfOrders(double pieces) =>
        (pieces * Math.Log2(pieces / Math.E)) + (Math.Log2(2 * Math.PI * pieces) / 2);
}
