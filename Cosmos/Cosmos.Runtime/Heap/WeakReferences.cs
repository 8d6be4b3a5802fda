namespace Cosmos.Runtime.Heap;

/// <summary>Handles that do not hold their object.</summary>
internal static unsafe class WeakReferences
{
    /// <summary>Marks what dependent handles hold, which may bring others to hold theirs.</summary>
    internal static void MarkDependents()
    {
        bool found;
        do
        {
            found = false;
            for (int i = 0; i < Handles.Count; i++)
            {
                Handle* handle = Handles.At(i);
                if (handle->Kind != HandleKind.Dependent || handle->Object == 0
                    || handle->Secondary == 0 || !Marker.IsMarked(handle->Object)
                    || Marker.IsMarked(handle->Secondary))
                    continue;
                Marker.Mark(handle->Secondary);
                Marker.Drain();
                found = true;
            }
        }
        while (found);
    }

    /// <summary>Clears the handles of a kind whose object is dead.</summary>
    internal static void Clear(HandleKind kind)
    {
        for (int i = 0; i < Handles.Count; i++)
        {
            Handle* handle = Handles.At(i);
            if (handle->Kind != kind || handle->Object == 0 || Marker.IsMarked(handle->Object)
                || !IsCollected(handle->Object))
                continue;
            handle->Object = 0;
            handle->Secondary = 0;
        }
    }

    // Objects of the image itself are never marked where they have no references, and never die.
    private static bool IsCollected(nint reference) => RegionIndex.Find((byte*)reference) >= 0;
}
