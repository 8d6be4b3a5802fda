using System;
using System.Text;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <content>What processes look like from outside.</content>
public static unsafe partial class Process
{
    private const int SmallestList = 16;

    internal delegate SyscallResult Fill<TRecord>(Span<TRecord> records);

    /// <summary>All processes that this one may see, in the order of their numbers.</summary>
    public static ProcessInfo[] List() => Array.ConvertAll(
        Collect<ProcessRecord>(SyscallCode.ListProcesses, FillProcesses), Info);

    /// <summary>The regions of a process, in the order of their addresses.</summary>
    /// <exception cref="MemOsException">
    /// 0x04: another process, and no authority to inspect. 0x30: no such process.
    /// </exception>
    public static Region[] Maps(ProcessId process) => Array.ConvertAll(
        Collect<RegionRecord>(SyscallCode.ListRegions, records => FillRegions(process, records)),
        record => new Region(new(record.Start), record.Bytes, record.Rights, record.Kind));

    /// <summary>The region that an address lies in, or null.</summary>
    /// <exception cref="MemOsException">0x30: no such process.</exception>
    public static Region? FindRegion(ProcessId process, Address address)
    {
        foreach (Region region in Maps(process))
        {
            if (region.Contains(address))
                return region;
        }
        return null;
    }

    /// <summary>The names of the programs that can be started.</summary>
    public static string[] Programs()
    {
        byte[] names = Collect<byte>(SyscallCode.ListPrograms, FillPrograms);
        string text = Encoding.UTF8.GetString(names);
        return text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
    }

    // The kernel says how many there are; if that is more than fits, ask again with more room.
    internal static TRecord[] Collect<TRecord>(SyscallCode code, Fill<TRecord> fill)
    {
        TRecord[] records = new TRecord[SmallestList];
        while (true)
        {
            int count = (int)fill(records).OrThrow(code).Value0;
            if (count <= records.Length)
                return records[..count];
            records = new TRecord[count + count / 2];
        }
    }

    // Safe, all three: the kernel writes at most the span's length, and the span is pinned.
    private static SyscallResult FillProcesses(Span<ProcessRecord> records)
    {
        fixed (ProcessRecord* start = records)
        {
            return Syscall.Invoke(new BufferBlock(
                SyscallCode.ListProcesses, start, records.Length * sizeof(ProcessRecord)));
        }
    }

    private static SyscallResult FillRegions(ProcessId process, Span<RegionRecord> records)
    {
        fixed (RegionRecord* start = records)
        {
            return Syscall.Invoke(new ValueBufferBlock(SyscallCode.ListRegions, process.Value,
                start, records.Length * sizeof(RegionRecord)));
        }
    }

    private static SyscallResult FillPrograms(Span<byte> names)
    {
        fixed (byte* start = names)
        {
            return Syscall.Invoke(
                new BufferBlock(SyscallCode.ListPrograms, start, names.Length));
        }
    }

    private static ProcessInfo Info(ProcessRecord record) => new(
        new ProcessId(record.Id),
        new ProcessId(record.Parent),
        new JobId(record.Job),
        Encoding.UTF8.GetString(record.Name, ProcessRecord.NameBytes).TrimEnd('\0'),
        record.State,
        record.Priority,
        record.ResidentBytes,
        TimeSpan.FromMicroseconds(record.ProcessorNanoseconds / 1000));
}
