using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>
/// A 4 KB frame of physical memory, by its number (physical address / 4096). A large frame is
/// named by the first of its 512 small ones. Frame 0 is never RAM that MemOS hands out, so
/// <c>default</c> means "no frame" where the text says so.
/// </summary>
public readonly record struct Frame : IComparable<Frame>
{
    private const int Shift = 12;

    private Frame(ulong number) => Number = number;

    /// <summary>The physical address divided by 4096.</summary>
    public ulong Number { get; }

    /// <summary>The address of the first byte.</summary>
    public PhysicalAddress Start => PhysicalAddress.Create(Number << Shift);

    /// <summary>Whether a large page can start here.</summary>
    public bool IsLargeAligned => (Number & (PageSizes.SmallInLarge - 1)) == 0;

    /// <summary>The frame that holds a byte.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame Containing(PhysicalAddress address) => new(address.Value >> Shift);

    /// <summary>The frame of a number; it has at most 40 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame Of(ulong number)
    {
        Ensure.That(
            number >> (PhysicalAddress.MostBits - Shift) == 0, "a frame number has 40 bits");
        return new Frame(number);
    }

    /// <summary>The frame of a number that was cut to 40 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Frame Known(ulong number) => new(number);

    /// <summary>The frame a number of small frames further on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Frame operator +(Frame frame, ulong frames) => Of(frame.Number + frames);

    public static bool operator <(Frame a, Frame b) => a.Number < b.Number;

    public static bool operator >(Frame a, Frame b) => a.Number > b.Number;

    public static bool operator <=(Frame a, Frame b) => a.Number <= b.Number;

    public static bool operator >=(Frame a, Frame b) => a.Number >= b.Number;

    /// <summary>Whether the frame can start a page of this size.</summary>
    public bool IsAligned(PageSize size) => (Number & (size.SmallPages() - 1)) == 0;

    /// <inheritdoc/>
    public int CompareTo(Frame other) => Number.CompareTo(other.Number);

    /// <inheritdoc/>
    public override string ToString() => "frame 0x" + Number.ToString("X");
}
