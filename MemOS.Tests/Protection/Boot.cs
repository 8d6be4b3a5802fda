using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using Cosmos.TestRunner.Engine.Machines;
using Cosmos.TestRunner.Engine.Tlb;
using MemOS.Tests.Target;
using MemOS.Tests.Target.Booted;

namespace MemOS.Tests.Protection;

/// <summary>What one boot showed, from outside and at its shell.</summary>
internal sealed class Boot
{
    private static readonly string[] _programs = ["writexec", "isolation", "jit", "share"];

    private Boot(MemOsMachine memOs, Depth depth)
    {
        Dump = MappedPages.Dump(memOs);
        Registers = memOs.Monitor.Run("info registers");
        Log = memOs.Command("log");
        Marks = KernelCode.PlacesOfMarks(memOs);
        if (depth == Depth.Places)
            return;
        Layout = memOs.Command("layout measure");
        Programs = [.. _programs.Select(name => (name, memOs.Command(name)
            .Contains(name + ": ok", StringComparison.Ordinal)))];
    }

    /// <summary>All mappings while the shell waits for a line.</summary>
    public TlbDump Dump { get; }

    /// <summary>The processor's registers, as QEMU prints them.</summary>
    public string Registers { get; }

    /// <summary>The kernel's log.</summary>
    public string Log { get; }

    /// <summary>Where some routines of the kernel lie, from its code's beginning.</summary>
    public IReadOnlyList<int> Marks { get; }

    /// <summary>What <c>layout measure</c> printed.</summary>
    public string Layout { get; } = "";

    /// <summary>The programs that try what is forbidden, and whether all was refused.</summary>
    public IReadOnlyList<(string Name, bool IsGood)> Programs { get; } = [];

    /// <summary>Where the kernel's code begins.</summary>
    public ulong ImageStart => MappedPages.ImageStart(Dump);

    /// <summary>The lowest frame of the kernel's image.</summary>
    public ulong ImageFrame =>
        Dump.Entries.Where(MappedPages.IsImage).Min(entry => entry.Physical.Value);

    /// <summary>Boots a machine and looks at it.</summary>
    public static Boot Of(CpuModel cpu, int number, Depth depth)
    {
        Machine machine = new(KernelImages.MemOS) { Cpu = cpu };
        using MemOsMachine memOs = MemOsMachine.Boot($"protection {cpu} {number}", machine);
        return new Boot(memOs, depth);
    }

    /// <summary>A control register's or model-specific register's value.</summary>
    /// <param name="name">Its name in QEMU, such as <c>CR4</c>.</param>
    public ulong Register(string name)
    {
        Match match = Regex.Match(Registers, $@"\b{name}=\s*([0-9a-f]+)");
        return ulong.Parse(
            match.Groups[1].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
    }

    /// <summary>The number that the first group of a pattern finds; NaN if it finds none.</summary>
    public static double Number(string text, string pattern)
    {
        Match match = Regex.Match(text, pattern);
        return match.Success
            ? double.Parse(match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture)
            : double.NaN;
    }
}

/// <summary>How closely a boot is looked at.</summary>
internal enum Depth
{
    /// <summary>Where things lie.</summary>
    Places = 0,

    /// <summary>That, and what programs measure and try.</summary>
    All,
}
