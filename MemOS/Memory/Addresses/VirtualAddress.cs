using System;
using System.Runtime.CompilerServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Addresses;

/// <summary>
/// The address of a byte in an address space. It is always canonical: bits 63 to 56 are equal
/// (Intel SDM volume 1, 3.3.7.1). Whether four levels of tables reach it is for
/// <see cref="AddressWidth"/> to say.
/// </summary>
public readonly record struct VirtualAddress : IComparable<VirtualAddress>
{
    private const int UnusedBits = 64 - 57;

    private VirtualAddress(ulong value) => Value = value;

    /// <summary>The address as a number.</summary>
    public ulong Value { get; }

    /// <summary>The page that holds this byte.</summary>
    public Page Page => Page.Containing(this);

    /// <summary>Bytes from the start of the 4 KB page: 0 to 4095.</summary>
    public int OffsetInPage => (int)(Value & (PageSizes.SmallBytes - 1));

    /// <summary>Whether the address lies in the lower half, which belongs to programs.</summary>
    public bool IsUserHalf => (long)Value >= 0;

    /// <summary>Whether the address is a multiple of 4096.</summary>
    public bool IsPageAligned => OffsetInPage == 0;

    /// <summary>Makes an address of a number that may not be canonical.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryCreate(ulong value, out VirtualAddress address)
    {
        address = new VirtualAddress(value);
        return (ulong)((long)(value << UnusedBits) >> UnusedBits) == value;
    }

    /// <summary>Makes an address of a number known to be canonical.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static VirtualAddress Create(ulong value)
    {
        Ensure.That(TryCreate(value, out VirtualAddress address), "a virtual address is canonical");
        return address;
    }

    /// <summary>The address further on, if that is still canonical and in the same half.</summary>
    public bool TryAdd(ulong bytes, out VirtualAddress sum)
    {
        ulong end = unchecked(Value + bytes);
        return TryCreate(end, out sum) && end >= Value && sum.IsUserHalf == IsUserHalf;
    }

    /// <summary>The address a number of bytes further on, known to be in the same half.</summary>
    public static VirtualAddress operator +(VirtualAddress address, ulong bytes)
    {
        Ensure.That(address.TryAdd(bytes, out VirtualAddress sum), "an offset stays in its half");
        return sum;
    }

    /// <summary>Bytes from the second address to the first, which is not below it.</summary>
    public static ulong operator -(VirtualAddress end, VirtualAddress start)
    {
        Ensure.That(end.Value >= start.Value, "a distance is counted upwards");
        return end.Value - start.Value;
    }

    public static bool operator <(VirtualAddress a, VirtualAddress b) => a.Value < b.Value;

    public static bool operator >(VirtualAddress a, VirtualAddress b) => a.Value > b.Value;

    public static bool operator <=(VirtualAddress a, VirtualAddress b) => a.Value <= b.Value;

    public static bool operator >=(VirtualAddress a, VirtualAddress b) => a.Value >= b.Value;

    /// <inheritdoc/>
    public int CompareTo(VirtualAddress other) => Value.CompareTo(other.Value);

    /// <inheritdoc/>
    public override string ToString() => "0x" + Value.ToString("X");
}
