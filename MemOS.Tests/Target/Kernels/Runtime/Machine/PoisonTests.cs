using System;
using System.Runtime.CompilerServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>In checked builds freed memory is overwritten, so that its use shows.</summary>
internal static class PoisonTests
{
    private const int Many = 50;
    private const int Mistakes = 3;
    private const int Bytes = 64;
    private const byte Poison = 0xDD;

    // The array's header, and the link that a free block starts with.
    private const int Skipped = 24;

    public static TestSuite Suite => new TestSuite("Poison")
#if DEBUG
        .Add(nameof(Freed_objects_are_overwritten), Freed_objects_are_overwritten)
#endif
        ;

    private static unsafe void Freed_objects_are_overwritten()
    {
        byte[][] living = new byte[Many][];
        nuint[] hidden = new nuint[Many];
        Garbage.RunFarBelow(() => Interleave(living, hidden));
        Garbage.Collect();
        int overwritten = 0;
        foreach (nuint address in hidden)
        {
            // Safe: living arrays of the same size keep the memory around it in the heap.
            ReadOnlySpan<byte> left = new((byte*)~address + Skipped, Bytes - Skipped);
            if (left.IndexOfAnyExcept(Poison) < 0) overwritten++;
        }

        Assert.IsTrue(overwritten >= Many - Mistakes, $"{overwritten} of {Many}");
        foreach (byte[] array in living) Assert.AreEqual(-1, array.IndexOfAnyExcept((byte)7));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe void Interleave(byte[][] living, nuint[] hidden)
    {
        for (int i = 0; i < Many; i++)
        {
            living[i] = new byte[Bytes];
            living[i].AsSpan().Fill(7);
            byte[] dead = new byte[Bytes];
            dead.AsSpan().Fill(7);
            // Inverted: the collector takes any address on the stack or in a frame for a reference.
            fixed (byte* first = dead) hidden[i] = ~((nuint)first - 16);
        }
    }
}
