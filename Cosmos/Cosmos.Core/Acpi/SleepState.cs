using System;

namespace Cosmos.Core.Acpi;

/// <summary>What to write into the power registers to enter a sleep state.</summary>
/// <param name="TypeA">For the first register, bits 0-2.</param>
/// <param name="TypeB">For the second.</param>
internal readonly record struct SleepState(byte TypeA, byte TypeB)
{
    private const byte NameOp = 0x08;
    private const byte RootChar = 0x5C;
    private const byte PackageOp = 0x12;
    private const byte BytePrefix = 0x0A;

    /// <summary>
    /// Finds <c>Name(_S5, Package{a, b, ...})</c> in the bytecode of a DSDT or SSDT (ACPI 6.5,
    /// section 20.2) without interpreting the rest of it.
    /// </summary>
    internal static bool TryFindSoftOff(ReadOnlySpan<byte> code, out SleepState state)
    {
        state = default;
        ReadOnlySpan<byte> name = "_S5_"u8;
        for (int at = 1; at + 8 < code.Length; at++)
        {
            if (!code.Slice(at, 4).SequenceEqual(name))
                continue;
            bool named = code[at - 1] == NameOp
                || (at > 1 && code[at - 1] == RootChar && code[at - 2] == NameOp);
            if (named && code[at + 4] == PackageOp && TryReadPackage(code[(at + 5)..], out state))
                return true;
        }
        return false;
    }

    private static bool TryReadPackage(ReadOnlySpan<byte> code, out SleepState state)
    {
        state = default;
        // The length's first byte says in its top two bits how many bytes follow; then comes the
        // count of elements.
        int at = 1 + (code[0] >> 6) + 1;
        if (!TryReadInteger(code, ref at, out byte first)
            || !TryReadInteger(code, ref at, out byte second))
            return false;
        state = new SleepState((byte)(first & 7), (byte)(second & 7));
        return true;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> code, ref int at, out byte value)
    {
        value = 0;
        if (at + 1 >= code.Length)
            return false;
        if (code[at] == BytePrefix)
            at++;
        else if (code[at] > 1)
            return false;
        value = code[at++];
        return true;
    }
}
