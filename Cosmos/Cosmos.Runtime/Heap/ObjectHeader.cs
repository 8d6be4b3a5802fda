using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// The start of a block of the heap: the word in front of an object, whose lower half is the
/// collector's and whose upper half is CoreLib's, then the object itself, which begins with its
/// type.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ObjectHeader
{
    /// <summary>Bytes between a block's start and the address that references hold.</summary>
    internal const int Size = 8;

    /// <summary>The mark of a block that only an explicit call frees.</summary>
    internal const uint Permanent = uint.MaxValue;

    /// <summary>The collection that last found the object alive.</summary>
    internal uint Mark;

    /// <summary>Hash code or thin lock; CoreLib's.</summary>
    internal uint SyncBlock;

    /// <summary>The object's type; null in a free block.</summary>
    internal MethodTable* Type;

    /// <summary>Number of elements, in types that have any.</summary>
    internal uint Length;

    /// <summary>
    /// The bit of <see cref="SyncBlock"/> that CoreLib leaves to the collector: the finaliser is
    /// not to run.
    /// </summary>
    internal const uint FinalizerSuppressed = 1u << 30;

    /// <summary>
    /// Whether the last collection whose marking is over found the object alive, or it is newer.
    /// </summary>
    internal readonly bool IsAlive =>
        Mark == Collector.Epoch || Mark == Permanent || Mark == Collector.EpochBefore;

    /// <summary>The block of an object.</summary>
    internal static ObjectHeader* Of(nint reference) => (ObjectHeader*)(reference - Size);

    /// <summary>The reference to the object in a block.</summary>
    internal static nint Reference(ObjectHeader* block) => (nint)block + Size;

    /// <summary>Bytes of an object from the address that references hold, rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nint BytesBehindReference(nint reference) =>
        (nint)SizeOf(Of(reference)) - Size;

    /// <summary>Bytes of the object with its header, rounded up to 8.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint SizeOf(ObjectHeader* block)
    {
        MethodTable* type = block->Type;
        nuint bytes = type->BaseSize;
        if (type->ComponentSize != 0)
            bytes += (nuint)type->ComponentSize * block->Length;
        return (bytes + 7) & ~(nuint)7;
    }
}
