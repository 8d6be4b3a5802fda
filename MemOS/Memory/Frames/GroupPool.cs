using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Frames;

/// <summary>
/// The free frames, by groups of 2 MB. Small frames come from broken groups as long as there are
/// any, so that whole ones last for large frames; a group is whole again when its last frame comes
/// back. Each step costs the same however much RAM there is.
/// </summary>
internal sealed class GroupPool<TMemory>
    where TMemory : struct, IPhysicalMemory
{
    private const ushort Full = PageSizes.SmallInLarge;

    private readonly TMemory _memory;
    private GroupList _whole;
    private GroupList _broken;

    public GroupPool(TMemory memory) => _memory = memory;

    /// <summary>Enters a group that is RAM from end to end and was not known before.</summary>
    public void AddWhole(FrameGroup group)
    {
        ref GroupInfo info = ref _memory.Group(group);
        Ensure.That(info.Capacity == 0, "a frame is given to the allocator once");
        info.Capacity = Full;
        info.Free = Full;
        info.Fresh = 0;
        info.FreshOwner = FrameOwner.Unknown.Value;
        _whole.Add(in _memory, group);
    }

    /// <summary>Enters one frame of a group that is not all RAM, or not all free.</summary>
    public ref FrameInfo AddSingle(Frame frame)
    {
        FrameGroup group = FrameGroup.Of(frame);
        ref GroupInfo info = ref _memory.Group(group);
        if (info.Capacity == 0)
        {
            info.Fresh = Full;
            for (ulong i = 0; i < Full; i++)
            {
                _memory.Info(group.First + i).State = FrameState.Absent;
            }
        }

        ref FrameInfo added = ref _memory.Info(frame);
        Ensure.That(added.State == FrameState.Absent, "a frame is given to the allocator once");
        info.Capacity++;
        return ref added;
    }

    /// <summary>Takes a small frame, if the pool holds one.</summary>
    public bool TryTake(out Frame frame)
    {
        if (_broken.IsEmpty)
        {
            if (_whole.IsEmpty)
            {
                frame = default;
                return false;
            }

            FrameGroup opened = _whole.First;
            _whole.Remove(in _memory, opened);
            _broken.Add(in _memory, opened);
        }

        frame = TakeFrom(_broken.First);
        return true;
    }

    /// <summary>
    /// Takes a large frame, if a group is whole. Its first record tells the owner.
    /// </summary>
    public bool TryTakeWhole(out Frame frame)
    {
        frame = default;
        if (_whole.IsEmpty)
        {
            return false;
        }

        FrameGroup group = _whole.First;
        _whole.Remove(in _memory, group);
        ref GroupInfo info = ref _memory.Group(group);
        frame = group.First;
        _memory.Info(frame).Owner =
            info.Fresh == 0 ? info.FreshOwner : FrameOwner.Unknown.Value;
        info.Free = 0;
        info.Fresh = Full;
        info.FirstFree = 0;
        return true;
    }

    /// <summary>Takes back a small frame; its record says whose data it holds.</summary>
    public void Put(Frame frame, ref FrameInfo record)
    {
        FrameGroup group = FrameGroup.Of(frame);
        ref GroupInfo info = ref _memory.Group(group);
        record.MapsOrLink = info.FirstFree;
        info.FirstFree = (ushort)((frame.Number & (Full - 1)) + 1);
        info.Free++;
        Ensure.That(info.Free <= info.Capacity, "no more frames come back than were given out");
        if (info.Free == 1)
        {
            _broken.Add(in _memory, group);
        }
        else if (info.Free == Full)
        {
            _broken.Remove(in _memory, group);
            _whole.Add(in _memory, group);
        }
    }

    /// <summary>Takes back a large frame that was not broken.</summary>
    public void PutWhole(Frame frame, FrameOwner owner)
    {
        FrameGroup group = FrameGroup.Of(frame);
        ref GroupInfo info = ref _memory.Group(group);
        Ensure.That(info.Free == 0 && info.Capacity == Full, "a large frame comes back as one");
        info.Free = Full;
        info.Fresh = 0;
        info.FreshOwner = owner.Value;
        _whole.Add(in _memory, group);
    }

    private Frame TakeFrom(FrameGroup group)
    {
        ref GroupInfo info = ref _memory.Group(group);
        Frame frame;
        if (info.FirstFree != 0)
        {
            frame = group.First + (info.FirstFree - 1ul);
            info.FirstFree = (ushort)_memory.Info(frame).MapsOrLink;
        }
        else
        {
            frame = group.First + info.Fresh;
            info.Fresh++;
            ref FrameInfo record = ref _memory.Info(frame);
            record = default;
            record.Owner = info.FreshOwner;
        }

        info.Free--;
        if (info.Free == 0)
        {
            _broken.Remove(in _memory, group);
        }

        return frame;
    }
}
