using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Frames;

/// <summary>
/// A few free frames, last in first out, threaded through their records: the short way for frames
/// that come and go. They count as free; they are kept from their groups only until a large frame
/// is wanted.
/// </summary>
internal struct FrameStash
{
    /// <summary>The most frames that are kept: a quarter of a megabyte.</summary>
    public const int Capacity = 64;

    private uint _first;

    /// <summary>How many frames are in it.</summary>
    public int Count { get; private set; }

    /// <summary>The frame that comes out next; there is one.</summary>
    public readonly Frame First => Frame.Known(_first - 1ul);

    /// <summary>Takes in a free frame, unless the stash is full.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryPush(Frame frame, ref FrameInfo info)
    {
        if (Count >= Capacity)
        {
            return false;
        }

        Push(frame, ref info);
        return true;
    }

    /// <summary>Takes in a free frame, however many there are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Push(Frame frame, ref FrameInfo info)
    {
        info.MapsOrLink = _first;
        _first = (uint)frame.Number + 1;
        Count++;
    }

    /// <summary>Gives out the first frame, whose record this is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Pop(ref FrameInfo first)
    {
        _first = first.MapsOrLink;
        Count--;
    }
}
