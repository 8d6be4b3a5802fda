using System.Diagnostics;

namespace Cosmos.Runtime.Heap;

/// <summary>In checked builds, makes the use of a freed object show.</summary>
internal static unsafe class Poison
{
    private const int Value = 0xDD;

    [Conditional("COSMOS_CHECKED")]
    internal static void Fill(ObjectHeader* block, nuint bytes) => Memory.Set(block, Value, bytes);
}
