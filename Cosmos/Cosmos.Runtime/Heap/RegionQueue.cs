namespace Cosmos.Runtime.Heap;

/// <summary>
/// The regions of one kind in two lists: those that were swept since the last collection, and
/// those that are due. A collection makes all of them due in no time.
/// </summary>
internal unsafe struct RegionQueue
{
    private Region* _due;
    private Region* _swept;
    private Region* _lastSwept;
    private uint _round;

    /// <summary>Whether a region is due.</summary>
    internal readonly bool HasDue => _due != null;

    /// <summary>Whether a sweep of the region is still to come, or is under way.</summary>
    internal readonly bool IsDue(Region* region) => region->Round != _round;

    /// <summary>Adds a region that nothing is to be swept from.</summary>
    internal void AddSwept(Region* region)
    {
        region->Round = _round;
        LinkSwept(region);
    }

    /// <summary>Takes the next one that is due; it is in no list then.</summary>
    internal Region* TakeDue()
    {
        Region* region = _due;
        _due = region->Next;
        if (_due != null)
            _due->Previous = null;
        region->Next = null;
        return region;
    }

    /// <summary>Takes a region out of its list.</summary>
    internal void Remove(Region* region)
    {
        if (region == _lastSwept)
            _lastSwept = region->Previous;
        if (region->Next != null)
            region->Next->Previous = region->Previous;
        if (region->Previous != null)
            region->Previous->Next = region->Next;
        else if (region == _swept)
            _swept = region->Next;
        else
            _due = region->Next;
        region->Next = null;
        region->Previous = null;
    }

    /// <summary>After a collection: all of them are due.</summary>
    internal void MakeAllDue()
    {
        _round++;
        if (_swept == null)
            return;
        _lastSwept->Next = _due;
        if (_due != null)
            _due->Previous = _lastSwept;
        _due = _swept;
        _swept = null;
        _lastSwept = null;
    }

    /// <summary>Leaves those that are due to the sweep after the next collection.</summary>
    internal void PutOffDue()
    {
        while (_due != null)
            LinkSwept(TakeDue());
    }

    private void LinkSwept(Region* region)
    {
        region->Previous = null;
        region->Next = _swept;
        if (_swept == null)
            _lastSwept = region;
        else
            _swept->Previous = region;
        _swept = region;
    }
}
