using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>
/// The address of a byte on the memory bus: at most 52 bits (Intel SDM volume 3, 4.1.4).
/// </summary>
public readonly record struct PhysicalAddress : IComparable<PhysicalAddress>
{
    /// <summary>The highest number of bits that the architecture allows.</summary>
    public const int MostBits = 52;

    private PhysicalAddress(ulong value) => Value = value;

    /// <summary>The address as a number.</summary>
    public ulong Value { get; }

    /// <summary>The frame that holds this byte.</summary>
    public Frame Frame => Frame.Containing(this);

    /// <summary>Bytes from the start of the frame: 0 to 4095.</summary>
    public int OffsetInFrame => (int)(Value & (PageSizes.SmallBytes - 1));

    /// <summary>Makes an address of a number that may be out of range.</summary>
    public static bool TryCreate(ulong value, out PhysicalAddress address)
    {
        address = new PhysicalAddress(value);
        return value >> MostBits == 0;
    }

    /// <summary>Makes an address of a number known to fit 52 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhysicalAddress Create(ulong value)
    {
        Ensure.That(value >> MostBits == 0, "a physical address has at most 52 bits");
        return new PhysicalAddress(value);
    }

    /// <summary>The address a number of bytes further on.</summary>
    public static PhysicalAddress operator +(PhysicalAddress address, ulong bytes)
    {
        Ensure.That(bytes >> MostBits == 0, "an offset stays within physical memory");
        return Create(address.Value + bytes);
    }

    public static bool operator <(PhysicalAddress a, PhysicalAddress b) => a.Value < b.Value;

    public static bool operator >(PhysicalAddress a, PhysicalAddress b) => a.Value > b.Value;

    public static bool operator <=(PhysicalAddress a, PhysicalAddress b) => a.Value <= b.Value;

    public static bool operator >=(PhysicalAddress a, PhysicalAddress b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(PhysicalAddress other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => "phys 0x" + Value.ToString("X");
}
