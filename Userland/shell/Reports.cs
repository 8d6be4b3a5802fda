using System;
using System.Globalization;
using System.Linq;
using MemOS.Userland;
using MemOS.Userland.Terminal;
using MemOS.Userland.Text;

namespace MemOS.Shell;

/// <summary>The commands that show how the machine is.</summary>
internal static class Reports
{
    internal static void Echo(string[] words) => Console.WriteLine(string.Join(' ', words));

    internal static void Programs()
    {
        Table table = new("program", "does");
        foreach (string program in Process.Programs().Order(StringComparer.Ordinal))
            table.Add(program, ProgramNotes.Of(program));
        Console.Write(table);
    }

    internal static void Processes()
    {
        Table table = new Table("pid", "parent", "name", "state", "priority", "memory", "cpu ms")
            .AlignRight(0).AlignRight(1).AlignRight(4).AlignRight(5).AlignRight(6);
        foreach (ProcessInfo process in Process.List())
        {
            table.Add(process.Id.ToString(), process.Parent.ToString(), process.Name,
                process.State.ToString().ToLowerInvariant(),
                process.Priority.ToString(CultureInfo.InvariantCulture),
                Sizes.Of(process.ResidentBytes),
                Sizes.Grouped((ulong)process.ProcessorTime.TotalMilliseconds));
        }
        Console.Write(table);
    }

    internal static void Memory()
    {
        MemoryCount count = Machine.Memory;
        Table table = new Table("memory", "bytes", "").AlignRight(1).AlignRight(2);
        Add(table, "machine", count.Total);
        Add(table, "free", count.Free);
        Add(table, "kernel", count.Kernel);
        Add(table, "programs", count.Programs);
        Add(table, "shell's heap", (ulong)GC.GetTotalMemory(forceFullCollection: false));
        Console.Write(table);
    }

    internal static void Audit() => Console.WriteLine(Machine.Audit()
        ? "All page tables, regions, segments and frames are sound."
        : Palette.Bad("Something is broken; \"log\" tells what."));

    internal static void Log()
    {
        string text = KernelLog.Read();
        Console.Write(text.EndsWith('\n') ? text : text + "\n");
    }

    internal static void Maps(string[] words)
    {
        ProcessId process = Process.Id;
        if (words.Length > 1 || (words.Length == 1 && !ProcessId.TryParse(words[0], out process)))
            throw new UsageException("maps [PID]; \"ps\" shows the numbers.");
        Table table = new Table("start", "end", "rights", "size", "kind").AlignRight(3);
        foreach (Region region in Process.Maps(process))
        {
            table.Add(region.Start.ToString(), region.End.ToString(), region.RightsText,
                Sizes.Of(region.Bytes), region.Kind.ToString().ToLowerInvariant());
        }
        Console.Write(table);
    }

    internal static void Devices()
    {
        Table table = new Table("device", "kind", "model", "class", "memory", "drivable")
            .AlignRight(4);
        foreach (Device device in Device.List())
        {
            (ushort vendor, ushort model) = device.Model;
            bool isScreen = device.Screen is not null;
            table.Add(device.Id.ToString(), isScreen ? "screen" : "pci",
                isScreen ? "-" : $"{vendor:x4}:{model:x4}",
                isScreen ? "-" : device.Class.ToString("x6", CultureInfo.InvariantCulture),
                Sizes.Of(device.MemoryBytes), device.IsDrivable ? "yes" : "no");
        }
        Console.Write(table);
    }

    internal static void Uptime()
    {
        TimeSpan time = Clock.Uptime;
        string days = time.Days == 0 ? "" : time.Days == 1 ? "1 day, " : $"{time.Days} days, ";
        Console.WriteLine($"{days}{time.Hours:00}:{time.Minutes:00}:{time.Seconds:00}");
    }

    private static void Add(Table table, string name, ulong bytes) =>
        table.Add(name, Sizes.Grouped(bytes), Sizes.Of(bytes));
}
