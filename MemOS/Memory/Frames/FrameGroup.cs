using System.Runtime.CompilerServices;
using MemOS.Memory.Addresses;

namespace MemOS.Memory.Frames;

/// <summary>
/// The 512 frames of an aligned 2 MB of physical memory: one large frame, or broken.
/// </summary>
public readonly record struct FrameGroup
{
    private const int Shift = 9;

    private FrameGroup(ulong number) => Number = number;

    /// <summary>The physical address divided by 2 MB.</summary>
    public ulong Number { get; }

    /// <summary>The first of the group's frames.</summary>
    public Frame First => Frame.Known(Number << Shift);

    /// <summary>The group that a frame is in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FrameGroup Of(Frame frame) => new(frame.Number >> Shift);

    /// <summary>The group of a number.</summary>
    internal static FrameGroup Numbered(ulong number) => new(number);
}
