using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>Neighbouring 4 KB frames: some RAM, a device's window, the kernel image.</summary>
public readonly record struct FrameRange
{
    private FrameRange(Frame first, ulong count)
    {
        First = first;
        Count = count;
    }

    /// <summary>The first frame.</summary>
    public Frame First { get; }

    /// <summary>How many 4 KB frames.</summary>
    public ulong Count { get; }

    /// <summary>The number just past the last frame's.</summary>
    public ulong EndNumber => First.Number + Count;

    /// <summary>A range of frames; the last one lies within 52 bits.</summary>
    public static FrameRange Of(Frame first, ulong count)
    {
        Ensure.That(
            count <= (1ul << (PhysicalAddress.MostBits - 12)) - first.Number,
            "a range of frames lies in physical memory");
        return new FrameRange(first, count);
    }

    /// <summary>The whole frames between two addresses: parts at the edges are left out.</summary>
    public static FrameRange Within(PhysicalAddress start, ulong bytes)
    {
        ulong first = (start.Value + PageSizes.SmallBytes - 1) / PageSizes.SmallBytes;
        ulong end = (start + bytes).Value / PageSizes.SmallBytes;
        return end <= first ? default : Of(Frame.Of(first), end - first);
    }

    /// <summary>Whether the frame is one of these.</summary>
    public bool Contains(Frame frame) => frame.Number - First.Number < Count;

    /// <inheritdoc/>
    public override string ToString() => First + " +" + Count.ToString();
}
