using MemOS.Memory.Contracts;

namespace MemOS.Memory.Frames;

/// <summary>
/// Groups in the same condition, linked through their records in both directions.
/// </summary>
internal struct GroupList
{
    private uint _first;

    /// <summary>Whether there is no group in it.</summary>
    public readonly bool IsEmpty => _first == 0;

    /// <summary>The group that was put in last; there is one.</summary>
    public readonly FrameGroup First
    {
        get
        {
            Ensure.That(_first != 0, "an empty list has no first group");
            return FrameGroup.Numbered(_first - 1);
        }
    }

    /// <summary>Puts a group that is in no list in front.</summary>
    public void Add<TMemory>(in TMemory memory, FrameGroup group)
        where TMemory : struct, IFrameMetadata
    {
        ref GroupInfo info = ref memory.Group(group);
        info.Previous = 0;
        info.Next = _first;
        uint link = (uint)group.Number + 1;
        if (_first != 0)
        {
            memory.Group(FrameGroup.Numbered(_first - 1)).Previous = link;
        }

        _first = link;
    }

    /// <summary>Takes a group out that is in this list.</summary>
    public void Remove<TMemory>(in TMemory memory, FrameGroup group)
        where TMemory : struct, IFrameMetadata
    {
        ref GroupInfo info = ref memory.Group(group);
        if (info.Previous == 0)
        {
            Ensure.That(_first == (uint)group.Number + 1, "a group is taken out of its own list");
            _first = info.Next;
        }
        else
        {
            memory.Group(FrameGroup.Numbered(info.Previous - 1)).Next = info.Next;
        }

        if (info.Next != 0)
        {
            memory.Group(FrameGroup.Numbered(info.Next - 1)).Previous = info.Previous;
        }

        info.Next = 0;
        info.Previous = 0;
    }
}
