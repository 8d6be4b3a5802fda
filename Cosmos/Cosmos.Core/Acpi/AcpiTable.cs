using System;
using System.Runtime.InteropServices;

namespace Cosmos.Core.Acpi;

/// <summary>
/// A system description table (ACPI 6.5, section 5.2.6), read through the identity map.
/// </summary>
internal readonly unsafe ref struct AcpiTable
{
    private const int HeaderBytes = 36;
    private const ulong IdentityMapEnd = 1UL << 32;

    private AcpiTable(byte* start) => Bytes = new(start, *(int*)(start + 4));

    /// <summary>The table with its header; empty when there is none.</summary>
    internal ReadOnlySpan<byte> Bytes { get; }

    internal ReadOnlySpan<byte> Signature => Bytes[..4];

    internal ReadOnlySpan<byte> Body => Bytes[HeaderBytes..];

    /// <summary>Views the table at a physical address, if it can be reached and is whole.</summary>
    internal static bool TryOpen(ulong address, out AcpiTable table)
    {
        table = default;
        if (address == 0 || address + HeaderBytes > IdentityMapEnd)
            return false;
        int length = *(int*)((byte*)address + 4);
        if (length < HeaderBytes || address + (ulong)length > IdentityMapEnd)
            return false;
        table = new AcpiTable((byte*)address);
        byte sum = 0;
        foreach (byte value in table.Bytes)
            sum += value;
        return sum == 0;
    }

    /// <summary>Finds a table by its signature, starting from the root pointer.</summary>
    internal static bool TryFind(
        ReadOnlySpan<byte> rootPointer, ReadOnlySpan<byte> signature, out AcpiTable table)
    {
        const int Version = 15;
        const int RootTable = 16;
        const int ExtendedRootTable = 24;
        table = default;
        if (rootPointer.Length < 20)
            return false;
        bool extended = rootPointer[Version] >= 2 && rootPointer.Length >= 32;
        ulong root = extended
            ? MemoryMarshal.Read<ulong>(rootPointer[ExtendedRootTable..])
            : MemoryMarshal.Read<uint>(rootPointer[RootTable..]);
        if (!TryOpen(root, out AcpiTable list))
            return false;
        int entryBytes = extended ? 8 : 4;
        for (ReadOnlySpan<byte> rest = list.Body; rest.Length >= entryBytes;
            rest = rest[entryBytes..])
        {
            ulong address = extended
                ? MemoryMarshal.Read<ulong>(rest)
                : MemoryMarshal.Read<uint>(rest);
            if (TryOpen(address, out table) && table.Signature.SequenceEqual(signature))
                return true;
        }
        return false;
    }
}
