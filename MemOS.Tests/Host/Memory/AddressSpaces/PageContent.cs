using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using MemOS.Memory.Addresses;
using MemOS.Tests.Host.Memory.Simulation;

namespace MemOS.Tests.Host.Memory.AddressSpaces;

/// <summary>
/// What a page holds, as far as the model knows: four words that are written, each with the number
/// of the space that wrote it in the upper half.
/// </summary>
internal sealed class PageContent
{
    private static readonly int[] Places = [0, 1, 300, 511];
    private readonly ulong[] _known = new ulong[Places.Length];

    /// <summary>
    /// Looks at all of a page that is seen for the first time: it holds zeroes, or what those wrote
    /// whose data may come back.
    /// </summary>
    public static PageContent Discover(
        SimulatedMemory memory, Frame frame, IReadOnlySet<uint>? writers)
    {
        Span<ulong> words = stackalloc ulong[512];
        memory.CopyOut(frame, 0, MemoryMarshal.AsBytes(words));
        foreach (ulong word in words)
        {
            if (word != 0 && writers?.Contains((uint)(word >> 32)) != true)
            {
                Assert.Fail($"a page holds 0x{word:X} of someone else");
            }
        }

        var content = new PageContent();
        for (int i = 0; i < Places.Length; i++)
        {
            content._known[i] = words[Places[i]];
        }

        return content;
    }

    /// <summary>Who wrote what is there.</summary>
    public IEnumerable<uint> Writers()
    {
        foreach (ulong word in _known)
        {
            if (word != 0)
            {
                yield return (uint)(word >> 32);
            }
        }
    }

    public PageContent Copy()
    {
        var copy = new PageContent();
        _known.CopyTo(copy._known, 0);
        return copy;
    }

    public static int OffsetOf(int slot) => Places[slot % Places.Length] * 8;

    public void Write(SimulatedMemory memory, Frame frame, int slot, ulong value)
    {
        memory.CopyIn(frame, OffsetOf(slot), BitConverter.GetBytes(value));
        _known[slot % Places.Length] = value;
    }

    public void Check(SimulatedMemory memory, Frame frame)
    {
        Span<byte> bytes = stackalloc byte[8];
        for (int i = 0; i < Places.Length; i++)
        {
            memory.CopyOut(frame, Places[i] * 8, bytes);
            Assert.Equal(_known[i], BitConverter.ToUInt64(bytes));
        }
    }
}
