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
        Region* region = RegionIndex.Find(address);
        if (region == null)
            return;
        ObjectHeader* block = region->BlockAt(address);
        if ((byte*)block + region->BlockSize > region->End)
            return;
        // Blocks of the dead that no sweep has reached carry an older mark.
        if (block->Type != null && block->Mark == Collector.EpochBefore)
            Marker.Mark(ObjectHeader.Reference(block));
    }
}
