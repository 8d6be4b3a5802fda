using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>How this process has a segment.</summary>
/// <param name="Sharer">Who gave it; who has it, if nobody did.</param>
/// <param name="Receiver">
/// Who got it; of the maker's the one who was given it last, 0 if nobody was.
/// </param>
/// <param name="Form">Whether both have it or it went over for good.</param>
/// <param name="Start">Where this process mapped it last; 0 if nowhere.</param>
/// <param name="Bytes">Size of the whole segment.</param>
/// <param name="Command">What the sharer said along with it.</param>
/// <param name="Mode">The mode that it was shared with.</param>
public readonly record struct SegmentInfo(
    ProcessId Sharer,
    ProcessId Receiver,
    ShareForm Form,
    Address Start,
    ulong Bytes,
    ushort Command,
    SharingMode Mode);
