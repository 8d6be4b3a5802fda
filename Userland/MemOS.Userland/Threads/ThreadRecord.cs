using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>
/// What a thread and those who wait for its end have in common; Thread.asm knows the offsets. Lies
/// in memory that is never given back, as the thread looks at it until its very end, and serves
/// another thread afterwards.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ThreadRecord
{
    private const uint Running = 0;

    private static ThreadRecord* _free;

    /// <summary>0 while it runs; the word to wait for.</summary>
    internal uint State;

    /// <summary>What its method returned.</summary>
    internal uint Result;

    private WakeWordBlock _wake;
    private ThreadRecord* _next;

    internal bool IsRunning => Volatile.Read(ref State) == Running;

    /// <summary>Takes a record for a thread that is about to run.</summary>
    /// <exception cref="MemOsException">There is no memory.</exception>
    internal static ThreadRecord* Take()
    {
        if (_free == null)
            Add(Memory.Allocate(Memory.PageBytes));
        ThreadRecord* record = _free;
        _free = record->_next;
        record->State = Running;
        record->_wake = new WakeWordBlock(Address.Of(record), uint.MaxValue);
        return record;
    }

    /// <summary>Takes the record of a thread back that runs no more, or never did.</summary>
    internal static void Return(ThreadRecord* record)
    {
        record->_next = _free;
        _free = record;
    }

    // Safe: the records lie side by side in pages that are never given back.
    private static void Add(Pages pages)
    {
        int count = Memory.PageBytes / sizeof(ThreadRecord);
        for (int i = 0; i < count; i++)
            Return((ThreadRecord*)pages.Start.Value + i);
    }
}
