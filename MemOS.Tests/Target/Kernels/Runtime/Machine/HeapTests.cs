using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.Core.Memory;
using Cosmos.Runtime.Heap;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>The heap under load: what it costs, what it gives back.</summary>
internal static class HeapTests
{
    private const nuint Megabyte = 1 << 20;

    public static TestSuite Suite => new TestSuite("Heap")
        .Add(nameof(A_million_short_lived_objects_leave_no_growth),
            A_million_short_lived_objects_leave_no_growth)
        .Add(nameof(Short_lived_large_arrays_leave_no_growth),
            Short_lived_large_arrays_leave_no_growth)
        .Add(nameof(Short_lived_finalizable_objects_leave_no_growth),
            Short_lived_finalizable_objects_leave_no_growth)
        .Add(nameof(A_collection_looks_at_what_lives_alone),
            A_collection_looks_at_what_lives_alone)
        .Add(nameof(Collect_gives_pages_back), Collect_gives_pages_back)
        .Add(nameof(Memory_between_living_objects_is_used_again),
            Memory_between_living_objects_is_used_again)
        .Add(nameof(Objects_of_every_size_keep_to_themselves),
            Objects_of_every_size_keep_to_themselves)
        .Add(nameof(Random_sizes_come_and_go), Random_sizes_come_and_go)
        .Add(nameof(Heap_Collect_tells_how_many_objects_went),
            Heap_Collect_tells_how_many_objects_went)
        .Add(nameof(Raw_blocks_keep_their_bytes), Raw_blocks_keep_their_bytes);

    private static void A_million_short_lived_objects_leave_no_growth()
    {
        MakeMillion();
        nuint reserved = HeapUsage.Reserved;
        uint collections = HeapUsage.Collections;
        for (int i = 0; i < 3; i++) MakeMillion();
        Assert.IsTrue(HeapUsage.Collections > collections, "collections come by themselves");
        Assert.IsTrue(HeapUsage.Reserved <= reserved, $"{reserved} -> {HeapUsage.Reserved}");
    }

    private static void Short_lived_large_arrays_leave_no_growth()
    {
        nuint reserved = ReservedAfter(MakeLargeArrays);
        nuint later = ReservedAfter(MakeLargeArrays);
        Assert.IsTrue(later <= reserved + Megabyte, $"{reserved} -> {later}");
    }

    private static void Short_lived_finalizable_objects_leave_no_growth()
    {
        Counted.Finalized = 0;
        MakeFinalizable();
        Assert.IsTrue(Counted.Finalized > 200_000, $"{Counted.Finalized} ran by themselves");
        nuint reserved = ReservedAfter(MakeFinalizable);
        nuint later = ReservedAfter(MakeFinalizable);
        Assert.IsTrue(later <= reserved + Megabyte, $"{reserved} -> {later}");
    }

    private static void A_collection_looks_at_what_lives_alone()
    {
        Garbage.Collect();
        ulong live = HeapUsage.ObjectsLive;
        ulong freed = HeapUsage.ObjectsFreed;
        for (int i = 0; i < 100_000; i++) Opaque.Value(new object());
        Garbage.Collect();
        Assert.IsTrue(HeapUsage.ObjectsLive < live + 100, "garbage was not looked at");
        Assert.IsTrue(HeapUsage.ObjectsFreed >= freed + 99_900, "it was freed");
    }

    private static void Collect_gives_pages_back()
    {
        Garbage.Collect();
        nuint before = HeapUsage.Reserved;
        nuint most = 0;
        nuint after = ReservedAfter(() => most = FillAndDrop());
        Assert.IsTrue(most > before + 8 * Megabyte, $"{before} -> {most}");
        Assert.IsTrue(after < before + Megabyte, $"{before} -> {most} -> {after}");
    }

    private static void Memory_between_living_objects_is_used_again()
    {
        object[] living = new object[40_000];
        for (int i = 0; i < 2 * living.Length; i++)
        {
            object item = new byte[40];
            if (i % 2 == 0) living[i / 2] = item;
        }

        Garbage.Collect();
        nuint reserved = HeapUsage.Reserved;
        for (int i = 0; i < living.Length; i += 2) living[i] = new byte[40];
        Assert.IsTrue(HeapUsage.Reserved <= reserved + Megabyte / 8, "the gaps were used");
        GC.KeepAlive(living);
    }

    private static void Objects_of_every_size_keep_to_themselves()
    {
        byte[][] arrays = new byte[5000][];
        for (int size = 0; size < arrays.Length; size++)
        {
            arrays[size] = new byte[size];
            if (!Holds(arrays[size], 0)) Assert.Fail($"{size} bytes are not zero");
            arrays[size].AsSpan().Fill((byte)size);
        }

        Garbage.Collect();
        for (int size = 0; size < arrays.Length; size++)
        {
            if (arrays[size].Length != size || !Holds(arrays[size], (byte)size))
                Assert.Fail($"{size} bytes changed");
        }
    }

    private static void Random_sizes_come_and_go()
    {
        const int Places = 1000;
        byte[]?[] places = new byte[]?[Places];
        Random random = new(7);
        for (int round = 0; round < 40_000; round++)
        {
            int place = random.Next(Places);
            if (places[place] is byte[] old && !Holds(old, (byte)place))
                Assert.Fail($"place {place} changed in round {round}");
            int size = random.Next(50) == 0 ? random.Next(200_000) : random.Next(400);
            byte[] bytes = new byte[size];
            if (!Holds(bytes, 0)) Assert.Fail($"new memory is not zero in round {round}");
            bytes.AsSpan().Fill((byte)place);
            places[place] = random.Next(4) == 0 ? null : bytes;
        }
    }

    private static void Heap_Collect_tells_how_many_objects_went()
    {
        Garbage.Collect();
        for (int i = 0; i < 1000; i++) Opaque.Value(new object());
        int freed = Cosmos.Core.Memory.Heap.Collect();
        Assert.IsTrue(freed is >= 990 and < 2000, $"{freed} objects went");
    }

    private static unsafe void Raw_blocks_keep_their_bytes()
    {
        // Safe: each block is used within the bytes asked for, and not after it is freed.
        const int Count = 200;
        byte*[] blocks = new byte*[Count];
        for (int i = 0; i < Count; i++)
        {
            blocks[i] = RawBlocks.Allocate((nuint)(i * 50));
            new Span<byte>(blocks[i], i * 50).Fill((byte)i);
        }

        Garbage.Make(2000);
        Garbage.Collect();
        for (int i = 0; i < Count; i++)
        {
            blocks[i] = RawBlocks.Reallocate(blocks[i], (nuint)(i * 100));
            if (new Span<byte>(blocks[i], i * 50).IndexOfAnyExcept((byte)i) >= 0)
                Assert.Fail($"block {i} changed");
            RawBlocks.Free(blocks[i]);
        }
    }

    private static nuint ReservedAfter(Action work)
    {
        Garbage.RunFarBelow(work);
        Garbage.Collect();
        return HeapUsage.Reserved;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeMillion()
    {
        for (int i = 0; i < 1_000_000; i++) Opaque.Value(new object());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeLargeArrays()
    {
        for (int i = 0; i < 2000; i++) Opaque.Value(new byte[100_000]);
    }

    private static void MakeFinalizable()
    {
        for (int i = 0; i < 500_000; i++) Opaque.Value(new Counted());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static nuint FillAndDrop()
    {
        List<object> items = [];
        for (int i = 0; i < 100_000; i++) items.Add(new byte[i % 200]);
        for (int i = 0; i < 50; i++) items.Add(new byte[100_000]);
        return HeapUsage.Reserved;
    }

    private static bool Holds(byte[] bytes, byte value) =>
        bytes.AsSpan().IndexOfAnyExcept(value) < 0;

    private sealed class Counted
    {
        internal static int Finalized;

        ~Counted() => Finalized++;
    }
}
