using System.Runtime;
using System.Runtime.CompilerServices;

namespace Cosmos.Runtime.Heap;

/// <summary>
/// Takes every word of the stack that could point into an object for a reference. Nothing moves,
/// so a wrong guess costs memory for a while and nothing else.
/// </summary>
internal static unsafe class StackScan
{
    /// <summary>Marks what the stack refers to.</summary>
    [RuntimeImport("*", "CosmosScanStack")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Mark();

    [RuntimeExport("CosmosMarkStack")]
    private static void MarkFrom(nint* lowest)
    {
        nint* top = (nint*)Platform.StackTop();
        for (nint* slot = lowest; slot < top; slot++)
            MarkIfObject((byte*)*slot);
    }

    private static void MarkIfObject(byte* address)
    {
        int index = RegionIndex.Find(address);
        if (index < 0)
            return;
        Region* region = RegionIndex.At(index);
        ObjectHeader* block = (ObjectHeader*)region->Start;
        if (region->SizeClass != Region.Large)
        {
            nuint size = region->BlockSize;
            nuint number = (nuint)(address - region->Start) / size;
            block = (ObjectHeader*)(region->Start + (number * size));
            if ((byte*)block + size > region->End)
                return;
        }
        // Blocks of the dead that no sweep has reached carry an older mark.
        if (block->Type != null && block->Mark == Collector.EpochBefore)
            Marker.Mark(ObjectHeader.Reference(block));
    }
}
