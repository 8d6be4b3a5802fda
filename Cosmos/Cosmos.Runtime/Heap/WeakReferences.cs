namespace Cosmos.Runtime.Heap;

/// <summary>
/// Handles that do not hold their object. They are gone through in passes, each of which may be
/// done in parts; a kernel has so few of them that one part does.
/// </summary>
internal static unsafe class WeakReferences
{
    private const int HandleCost = 40;

    private static int _next;
    private static bool _found;

    /// <summary>Whether the last pass of <see cref="MarkDependents"/> marked something.</summary>
    internal static bool HasFound => _found;

    /// <summary>Begins a pass.</summary>
    internal static void Begin()
    {
        _next = 0;
        _found = false;
    }

    /// <summary>Marks what dependent handles hold, which may bring others to hold theirs.</summary>
    /// <returns>Whether the pass is over.</returns>
    internal static bool MarkDependents(ref WorkBudget budget)
    {
        for (; _next < Handles.Count && !budget.IsSpent; _next++)
        {
            budget.Spend(HandleCost);
            Handle* handle = Handles.At(_next);
            if (handle->Kind != HandleKind.Dependent || handle->Object == 0
                || handle->Secondary == 0 || IsDead(handle->Object)
                || Marker.IsMarked(handle->Secondary))
                continue;
            Marker.Mark(handle->Secondary);
            Marker.Drain(ref budget);
            _found = true;
        }
        return _next >= Handles.Count;
    }

    /// <summary>Clears the handles of a kind whose object is dead.</summary>
    /// <returns>Whether the pass is over.</returns>
    internal static bool Clear(HandleKind kind, ref WorkBudget budget)
    {
        for (; _next < Handles.Count && !budget.IsSpent; _next++)
        {
            budget.Spend(HandleCost);
            Handle* handle = Handles.At(_next);
            if (handle->Kind != kind || handle->Object == 0 || !IsDead(handle->Object))
                continue;
            handle->Object = 0;
            handle->Secondary = 0;
        }
        return _next >= Handles.Count;
    }

    // Objects of the image itself are never marked where they have no references, and never die.
    private static bool IsDead(nint reference) =>
        !Marker.IsMarked(reference) && RegionIndex.Find((byte*)reference) != null;
}
