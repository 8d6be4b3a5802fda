using System;
using System.Linq;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Longest;

/// <summary>
/// Tries for the longest entry into the kernel, while which no key and no other program is served,
/// and tells how long each attempt had it. The kernel measures if its boot menu says
/// <c>entries</c>; without, this only tries.
/// </summary>
internal static class Program
{
    /// <summary>Has a copy of the program end at once.</summary>
    internal const string ExitArgument = "exit";

    /// <summary>Has a copy of the program wait until it is ended.</summary>
    internal const string SleepArgument = "sleep";

    // Instructions, with interrupts off in the kernel.
    private const ulong Limit = 200_000;

    // Entries that are named in the end, beside all that are too long.
    private const int Named = 10;

    private static readonly Attack[] _attacks =
    [
        .. MemoryAttacks.All, .. SegmentAttacks.All, .. ProcessAttacks.All, .. ThreadAttacks.All,
        .. CallAttacks.All, .. WaitAttacks.All, .. JobAttacks.All, .. ShareAttacks.All,
    ];

    private static int Main(string[] args)
    {
        if (args is [ExitArgument])
            return 0;
        if (args is [SleepArgument])
            Clock.Sleep(uint.MaxValue);
        if (args is [ShareAttacks.GivesUpArgument or ShareAttacks.TakesBackArgument])
        {
            ShareAttacks.Run(args[0]);
            return 0;
        }
        // Those alone that are named so.
        string word = args.Length == 0 ? "" : args[0];
        KernelEntry[] all = KernelEntry.TakeLongest();
        Print("before", all);
        foreach (Attack attack in _attacks)
        {
            if (!attack.Name.Contains(word, StringComparison.Ordinal))
                continue;
            Try(attack);
            KernelEntry[] entries = KernelEntry.TakeLongest();
            Print(attack.Name, entries);
            all = [.. all, .. entries];
        }
        Tell(all);
        return 0;
    }

    private static void Try(Attack attack)
    {
        try
        {
            attack.Run();
        }
        catch (MemOsException exception)
        {
            Console.WriteLine(Palette.Bad($"{attack.Name}: {exception.Message}"));
        }
    }

    // At once, as an attempt can take long.
    private static void Print(string name, KernelEntry[] entries)
    {
        KernelEntry? longest = entries.FirstOrDefault();
        Console.WriteLine($"{name}: {Figure(longest)} {longest?.Name}");
    }

    private static string Figure(KernelEntry? entry)
    {
        if (entry is null)
            return "-";
        string figure = Sizes.Grouped(entry.Ticks);
        return entry.Ticks <= Limit ? Palette.Good(figure) : Palette.Bad(figure);
    }

    // The longest of each kind over all attempts.
    private static void Tell(KernelEntry[] all)
    {
        KernelEntry[] kinds = [.. all.GroupBy(static entry => entry.Name)
            .Select(static kind => kind.MaxBy(static entry => entry.Ticks)!)
            .OrderByDescending(static entry => entry.Ticks)];
        Table table = new Table("entry", "longest").AlignRight(1);
        foreach (KernelEntry entry in
            kinds.TakeWhile(static (entry, i) => i < Named || entry.Ticks > Limit))
        {
            table.Add(entry.Name, Figure(entry));
        }
        Console.WriteLine();
        Console.Write(table);
        ulong most = kinds.Length == 0 ? 0 : kinds[0].Ticks;
        Console.WriteLine($"\nlongest entry: {Sizes.Grouped(most)} instructions");
    }
}
