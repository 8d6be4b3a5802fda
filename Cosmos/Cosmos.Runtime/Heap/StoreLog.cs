using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// What programs stored references to while a collection was marking in slices: objects that the
/// write barrier found alive (WriteBarrier.asm), to be followed in the next slice.
/// </summary>
/// <remarks>
/// A barrier runs in the midst of anything, so it can neither get memory nor call: the log has a
/// fixed length. An object that it has no room for is marked all the same, and the marker goes
/// through the whole heap for what is marked and was not followed.
/// </remarks>
internal static unsafe class StoreLog
{
    private const nuint Bytes = 64 * 1024;

    private static nint* _start;

    // WriteBarrier.asm knows the offsets.
    [StructLayout(LayoutKind.Sequential)]
    private struct State
    {
        internal uint Mark;
        internal uint Overflowed;
        internal nint* Next;
        internal nint* End;
    }

    /// <summary>Whether nothing is in it.</summary>
    internal static bool IsEmpty => Find()->Next == _start;

    /// <summary>Whether it was full for an object, since this was last set to false.</summary>
    internal static bool Overflowed
    {
        get => Find()->Overflowed != 0;
        set => Find()->Overflowed = value ? 1u : 0;
    }

    /// <summary>Has barriers mark what is stored, and log it.</summary>
    /// <param name="mark">The mark of the collection that begins.</param>
    internal static void Open(uint mark)
    {
        State* log = Find();
        if (_start == null)
        {
            // Without memory for it everything is an overflow.
            _start = (nint*)Platform.AllocatePages(Bytes);
            log->Next = _start;
            log->End = _start == null ? null : (nint*)((byte*)_start + Bytes);
        }
        log->Mark = mark;
    }

    /// <summary>Makes barriers stores and nothing else again.</summary>
    internal static void Close() => Find()->Mark = 0;

    /// <summary>Takes an object out; the log must not be empty.</summary>
    internal static nint Take() => *--Find()->Next;

    /// <summary>Marks and logs an object as a barrier does; zero is allowed.</summary>
    internal static void Add(nint reference)
    {
        State* log = Find();
        if (log->Mark == 0 || reference == 0)
            return;
        ObjectHeader* block = ObjectHeader.Of(reference);
        if (block->Mark == log->Mark)
            return;
        block->Mark = log->Mark;
        if (log->Next == log->End)
            log->Overflowed = 1;
        else
            *log->Next++ = reference;
    }

    [RuntimeImport("*", "CosmosStoreLog")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern State* Find();
}
