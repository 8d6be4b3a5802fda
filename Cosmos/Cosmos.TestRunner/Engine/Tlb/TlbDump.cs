using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Cosmos.TestRunner.Engine.Tlb;

/// <summary>The machine's mappings as QEMU's <c>info tlb</c> lists them.</summary>
/// <remarks>
/// QEMU prints <c>virtual: physical XGPDACTUW</c>, a letter for a bit that is set and a hyphen
/// for one that is clear. Its X is the NX bit itself, so the letter means: <em>not</em>
/// executable. It shows the entry at the end of each walk alone; the entries above it can only
/// take rights away, so a dump without a bad entry is proof, and a bad entry a strong hint.
/// </remarks>
public sealed class TlbDump
{
    private const string Letters = "XGPDACTUW";

    private TlbDump(IReadOnlyList<TlbEntry> entries) => Entries = entries;

    /// <summary>Every mapping, in the order of QEMU's walk.</summary>
    public IReadOnlyList<TlbEntry> Entries { get; }

    /// <summary>The mappings that can be written and executed.</summary>
    public IEnumerable<TlbEntry> WritableAndExecutable =>
        Entries.Where(e => e.IsWritableAndExecutable);

    /// <summary>Reads what <c>info tlb</c> printed.</summary>
    /// <exception cref="InvalidDataException">A line is not of that form.</exception>
    public static TlbDump Parse(string text)
    {
        List<TlbEntry> entries = [];
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            string trimmed = line.Trim();
            if (trimmed.Length > 0) entries.Add(ParseLine(trimmed));
        }

        return new TlbDump(entries);
    }

    private static TlbEntry ParseLine(string line)
    {
        string[] words = line.Split([':', ' '], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length != 3
            || !TryReadAddress(words[0], out GuestAddress page)
            || !TryReadAddress(words[1], out GuestAddress frame)
            || !IsFlags(words[2]))
        {
            throw new InvalidDataException($"not a line of 'info tlb': {line}");
        }

        TlbRights rights = TlbRights.None;
        if (words[2][Letters.IndexOf('X')] == '-') rights |= TlbRights.Execute;
        if (words[2][Letters.IndexOf('U')] == 'U') rights |= TlbRights.User;
        if (words[2][Letters.IndexOf('W')] == 'W') rights |= TlbRights.Write;
        TlbPageSize size = words[2][Letters.IndexOf('P')] == 'P'
            ? TlbPageSize.Large
            : TlbPageSize.Small;
        return new TlbEntry(page, frame, rights, size);
    }

    private static bool TryReadAddress(string digits, out GuestAddress address)
    {
        bool valid = ulong.TryParse(digits, NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture, out ulong value);
        address = new GuestAddress(value);
        return valid;
    }

    private static bool IsFlags(string flags) =>
        flags.Length == Letters.Length
        && flags.Zip(Letters).All(pair => pair.First == pair.Second || pair.First == '-');
}
