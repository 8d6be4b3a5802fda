using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>The longest entry into the kernel of one kind.</summary>
/// <param name="Name">The system call, or the vector of the exception or interrupt.</param>
/// <param name="Ticks">
/// How long it was, in ticks of the time stamp counter; under <c>qemu -icount shift=0</c> those are
/// instructions.
/// </param>
public sealed unsafe record KernelEntry(string Name, ulong Ticks)
{
    // A record a kind: 5 kinds of 256 numbers.
    private const int Most = 5 * 256;

    /// <summary>
    /// The longest entries of each kind since this was asked last, the longest first. None where
    /// the kernel does not measure them, as it was not started with the word <c>entries</c>.
    /// </summary>
    public static KernelEntry[] TakeLongest()
    {
        EntryRecord[] records = new EntryRecord[Most];
        // Safe: the kernel writes at most the array's length, and the array is pinned.
        fixed (EntryRecord* start = records)
        {
            SyscallResult result = Syscall.Invoke(new BufferBlock(
                SyscallCode.ListEntries, start, records.Length * sizeof(EntryRecord)));
            return result.Error == ErrorCode.None
                ? Array.ConvertAll(records[..(int)result.Value0], Describe)
                : [];
        }
    }

    private static KernelEntry Describe(EntryRecord record) => new(
        record.Kind switch
        {
            EntryKind.SystemCall => ((SyscallCode)record.Number).ToString(),
            EntryKind.Exception => $"exception {record.Number}",
            EntryKind.Piece => "piece",
            EntryKind.OwnWork => "collection and screen",
            _ => $"interrupt 0x{record.Number:X}",
        },
        record.Ticks);
}
