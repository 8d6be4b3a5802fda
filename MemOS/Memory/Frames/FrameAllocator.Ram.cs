using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;
using MemOS.Memory.WriteXorExecute;

namespace MemOS.Memory.Frames;

/// <content>Start-up: which RAM there is, and what is in use already.</content>
public sealed partial class FrameAllocator<TMemory>
{
    /// <summary>
    /// Adds RAM that nothing uses. Ranges come in any order and must not overlap. Frame 0 and what
    /// lies above <see cref="MostFrames"/> are left out. The records of the frames are zero.
    /// </summary>
    public void AddFree(FrameRange range)
    {
        ulong number = range.First.Number == 0 ? 1 : range.First.Number;
        ulong end = Bounded(range);
        while (number < end)
        {
            Frame frame = Frame.Of(number);
            if (frame.IsLargeAligned && end - number >= PageSizes.SmallInLarge)
            {
                _pool.AddWhole(FrameGroup.Of(frame));
                number += PageSizes.SmallInLarge;
                CountAdded(PageSizes.SmallInLarge);
            }
            else
            {
                ref FrameInfo info = ref _pool.AddSingle(frame);
                FrameRule.AddFree(ref info);
                _pool.Put(frame, ref info);
                number++;
                CountAdded(1);
            }
        }
    }

    /// <summary>
    /// Adds RAM that is in use already: the kernel's image, a boot module. Each frame has one
    /// holder; <see cref="Drop"/> frees it. The state is Kernel, ReadOnly or Executable, and the
    /// machine has sealed the latter two by itself.
    /// </summary>
    public void AddUsed(FrameRange range, FrameState state)
    {
        ulong end = Bounded(range);
        for (ulong number = range.First.Number; number < end; number++)
        {
            ref FrameInfo info = ref _pool.AddSingle(Frame.Of(number));
            FrameRule.AddUsed(ref info, state);
            info.Owner = FrameOwner.Unknown.Value;
            info.HoldsOrEntries = 1;
            TotalFrames++;
        }
    }

    private ulong Bounded(FrameRange range)
    {
        ulong end = range.EndNumber < MostFrames ? range.EndNumber : MostFrames;
        if (end > EndNumber && range.Count != 0)
        {
            EndNumber = end;
        }

        return end;
    }

    private void CountAdded(ulong frames)
    {
        _free += frames;
        TotalFrames += frames;
    }
}
