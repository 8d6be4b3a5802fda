using System;
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
    /// Looks at all of a page that is seen for the first time: it holds zeroes, or, with an owner,
    /// what that owner wrote.
    /// </summary>
    public static PageContent Discover(SimulatedMemory memory, Frame frame, uint? owner)
    {
        Span<ulong> words = stackalloc ulong[512];
        memory.CopyOut(frame, 0, MemoryMarshal.AsBytes(words));
        foreach (ulong word in words)
        {
            if (word != 0 && (owner is null || word >> 32 != owner))
            {
                Assert.Fail($"a page of {owner} holds 0x{word:X}");
            }
        }

        var content = new PageContent();
        for (int i = 0; i < Places.Length; i++)
        {
            content._known[i] = words[Places[i]];
        }

        return content;
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
