using MemOS.Memory.Addresses;

namespace MemOS.Memory.Frames;

/// <summary>
/// A copy of a large frame that is being made in pieces: in one large frame, or in small ones. What
/// it is made in counts as free, and as kept back for whoever writes to the source. If somebody
/// wants a large frame and there is no other, the copy is begun anew.
/// </summary>
internal struct LargeCopy
{
    /// <summary>The large frame that is copied, while there is a copy.</summary>
    internal Frame Source;

    /// <summary>The large frame that the copy is in; default if it is in small ones.</summary>
    internal Frame Whole;

    /// <summary>The small frames that the copy is in, the last one on top.</summary>
    internal FrameStash Parts;

    /// <summary>How many small frames of the source are copied.</summary>
    internal int Done;

    /// <summary>Whether a copy is being made.</summary>
    internal bool IsUnderWay;

    /// <summary>Whether all is copied.</summary>
    internal readonly bool IsWhole => IsUnderWay && Done == PageSizes.SmallInLarge;
}
