namespace Cosmos.Runtime.Heap;

/// <summary>
/// Looks, at the end of marking, whether marks are what they are to be: every root is marked, and
/// so is all that a marked object refers to. Together that is all that can be reached. It goes
/// through the whole heap in one piece, so it is for tests alone.
/// </summary>
internal static unsafe class MarkCheck
{
    private struct Checking : IReferenceVisitor
    {
        public static void Visit(nint reference)
        {
            if (reference != 0 && !Marker.IsMarked(reference))
                Platform.Fail("The collector has missed an object that a marked one refers to.");
        }
    }

    /// <summary>Whether it is done.</summary>
    internal static bool IsOn { get; set; }

    /// <summary>Number of times that it was done.</summary>
    internal static uint Runs { get; private set; }

    /// <summary>Checks, if that is on.</summary>
    internal static void Run()
    {
        if (!IsOn)
            return;
        if (!Roots.AreMarked)
            Platform.Fail("The collector has missed an object that a root refers to.");
        for (int i = 0; i < Roots.ImageObjectCount; i++)
            ReferenceMap.Visit<Checking>(Roots.ImageObjectAt(i));
        byte* at = (byte*)1;
        Region* region;
        while ((region = RegionIndex.FirstEndingAbove(at)) != null)
        {
            CheckRegion(region);
            at = region->End;
        }
        Runs++;
    }

    private static void CheckRegion(Region* region)
    {
        nuint size = region->BlockSize;
        for (byte* at = region->Start; at + size <= region->End; at += size)
        {
            ObjectHeader* block = (ObjectHeader*)at;
            if (block->Type != null && block->Mark == Collector.Epoch
                && block->Type->HasReferences)
                ReferenceMap.Visit<Checking>(ObjectHeader.Reference(block));
        }
    }
}
