namespace MemOS.Memory.Frames;

/// <summary>
/// Whose data a frame holds. A frame goes back to the same owner as it is, and to anyone else
/// zeroed. An address space takes a number of its own and never reuses another's.
/// </summary>
public readonly record struct FrameOwner
{
    private const uint FirstSpace = 16;

    private FrameOwner(uint value) => Value = value;

    /// <summary>Not known, or several: the frame is zeroed before any use. Also default.</summary>
    public static FrameOwner Unknown => default;

    /// <summary>No one: the frame holds nothing but zeroes.</summary>
    public static FrameOwner Zeroes => new(1);

    /// <summary>The kernel.</summary>
    public static FrameOwner Kernel => new(2);

    internal uint Value { get; }

    /// <summary>
    /// The owner that stands for an address space, from its serial number. Once these do not fit a
    /// frame's record any more, it is not known, so that all a space gets is zeroed.
    /// </summary>
    public static FrameOwner Space(ulong serial) => serial < uint.MaxValue - FirstSpace
        ? new FrameOwner(FirstSpace + (uint)serial)
        : Unknown;

    /// <summary>The owner as kept in a frame's record.</summary>
    internal static FrameOwner FromRecord(uint value) => new(value);
}
