using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Spans, pointers, stack memory, atomics, locks, thread statics.</summary>
internal static class MemoryTests
{
    [ThreadStatic]
    private static int _threadNumber;

    [ThreadStatic]
    private static string? _threadText;

    public static TestSuite Suite => new TestSuite("Memory")
        .Add(nameof(Spans_are_windows), Spans_are_windows)
        .Add(nameof(Spans_copy_search_and_compare), Spans_copy_search_and_compare)
        .Add(nameof(Spans_are_checked), Spans_are_checked)
        .Add(nameof(Stack_memory_is_zeroed_and_writable), Stack_memory_is_zeroed_and_writable)
        .Add(nameof(Pointers_read_and_write), Pointers_read_and_write)
        .Add(nameof(Fixed_pins_arrays_and_strings), Fixed_pins_arrays_and_strings)
        .Add(nameof(Reinterpreting_sees_the_same_bytes), Reinterpreting_sees_the_same_bytes)
        .Add(nameof(Structs_have_the_layout_they_ask_for),
            Structs_have_the_layout_they_ask_for)
        .Add(nameof(Endianness_can_be_chosen), Endianness_can_be_chosen)
        .Add(nameof(Inline_arrays_hold_their_elements), Inline_arrays_hold_their_elements)
        .Add(nameof(Interlocked_operations_return_what_they_should),
            Interlocked_operations_return_what_they_should)
        .Add(nameof(Locks_can_be_taken_again_by_their_owner),
            Locks_can_be_taken_again_by_their_owner)
        .Add(nameof(A_lock_is_released_by_an_exception), A_lock_is_released_by_an_exception)
        .Add(nameof(Thread_statics_hold_values_and_references),
            Thread_statics_hold_values_and_references)
        .Add(nameof(Weak_references_find_living_objects), Weak_references_find_living_objects)
        .Add(nameof(Block_copies_handle_overlap), Block_copies_handle_overlap);

    private static void Spans_are_windows()
    {
        int[] numbers = [1, 2, 3, 4, 5];
        Span<int> middle = numbers.AsSpan(1, 3);
        middle[0] = 20;
        middle[1..].Fill(7);
        Assert.AreEqual("1,20,7,7,5", string.Join(",", numbers));
        ReadOnlySpan<char> word = "hello world".AsSpan(6);
        Assert.AreEqual("world", word.ToString());
        Assert.AreEqual(42, int.Parse("x42y".AsSpan(1, 2)));
    }

    private static void Spans_copy_search_and_compare()
    {
        byte[] bytes = new byte[300];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)i;
        Assert.AreEqual(200, bytes.AsSpan().IndexOf((byte)200));
        Assert.AreEqual(255, bytes.AsSpan().IndexOf(new byte[] { 255, 0 }));
        byte[] copy = new byte[300];
        bytes.AsSpan().CopyTo(copy);
        Assert.IsTrue(bytes.AsSpan().SequenceEqual(copy), "same bytes");
        copy[299]++;
        Assert.IsFalse(bytes.AsSpan().SequenceEqual(copy), "the last differs");
        copy.AsSpan().Clear();
        Assert.AreEqual(-1, copy.AsSpan().IndexOfAnyExcept((byte)0));
        copy.AsSpan().Reverse();
    }

    private static void Spans_are_checked()
    {
        int[] numbers = [1, 2, 3];
        Assert.Throws<IndexOutOfRangeException>(() => _ = numbers.AsSpan()[Opaque.Value(3)]);
        Assert.Throws<ArgumentOutOfRangeException>(() => _ = numbers.AsSpan(2, 2));
        Assert.Throws<ArgumentException>(() => numbers.AsSpan().CopyTo(new int[2]));
    }

    private static void Stack_memory_is_zeroed_and_writable()
    {
        Span<long> buffer = stackalloc long[Opaque.Value(64)];
        foreach (long item in buffer) Assert.AreEqual(0L, item);
        buffer[63] = -1;
        Assert.AreEqual(-1L, buffer[^1]);
    }

    private static unsafe void Pointers_read_and_write()
    {
        // Safe: the pointers stay inside the four elements of this frame's own memory.
        int* numbers = stackalloc int[4];
        for (int* at = numbers; at < numbers + 4; at++) *at = (int)(at - numbers) * 3;
        Assert.AreEqual(9, numbers[3]);
        byte* bytes = (byte*)numbers;
        bytes[4] = 0xFF;
        Assert.AreEqual(0xFF, numbers[1]);
    }

    private static unsafe void Fixed_pins_arrays_and_strings()
    {
        int[] numbers = [1, 2, 3];
        // Safe: the pointers are used inside the blocks that pin what they point into.
        fixed (int* first = numbers)
        {
            first[2] = 30;
        }

        Assert.AreEqual(30, numbers[2]);
        fixed (char* text = "abc")
        {
            Assert.AreEqual('c', text[2]);
            Assert.AreEqual('\0', text[3]);
        }
    }

    private static void Reinterpreting_sees_the_same_bytes()
    {
        uint[] words = [0x04030201, 0x08070605];
        Span<byte> bytes = MemoryMarshal.AsBytes(words.AsSpan());
        Assert.AreEqual(8, bytes.Length);
        Assert.AreEqual(6, bytes[5]);
        ulong both = MemoryMarshal.Cast<uint, ulong>(words.AsSpan())[0];
        Assert.AreEqual(0x0807060504030201UL, both);
        Assert.AreEqual(1065353216, Unsafe.BitCast<float, int>(1f));
    }

    private static void Structs_have_the_layout_they_ask_for()
    {
        Assert.AreEqual(13, Unsafe.SizeOf<Packed>());
        Assert.AreEqual(24, Unsafe.SizeOf<Padded>());
        Union union = default;
        union.Whole = 0x11223344;
        Assert.AreEqual(0x44, union.LowByte);
        Assert.AreEqual(0x1122, union.HighHalf);
    }

    private static void Endianness_can_be_chosen()
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, 0x01020304);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), 0x01020304);
        Assert.AreEqual([1, 2, 3, 4, 4, 3, 2, 1], bytes);
        Assert.AreEqual(0x0102030404030201UL, BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    private static void Inline_arrays_hold_their_elements()
    {
        Eight eight = default;
        for (int i = 0; i < 8; i++) eight[i] = i * 2;
        int sum = 0;
        foreach (int item in eight) sum += item;
        Assert.AreEqual(56, sum);
    }

    private static void Interlocked_operations_return_what_they_should()
    {
        int number = 5;
        Assert.AreEqual(6, Interlocked.Increment(ref number));
        Assert.AreEqual(6, Interlocked.Exchange(ref number, 9));
        Assert.AreEqual(9, Interlocked.CompareExchange(ref number, 1, 8));
        Assert.AreEqual(9, Interlocked.CompareExchange(ref number, 1, 9));
        Assert.AreEqual(11, Interlocked.Add(ref number, 10));
        string text = "old";
        Assert.AreEqual("old", Interlocked.Exchange(ref text, "new"));
        long wide = 1;
        Assert.AreEqual(1L, Interlocked.Or(ref wide, 1L << 40));
        Assert.AreEqual((1L << 40) + 1, Volatile.Read(ref wide));
    }

    private static void Locks_can_be_taken_again_by_their_owner()
    {
        object gate = new();
        lock (gate)
        {
            lock (gate)
            {
                Assert.IsTrue(Monitor.IsEntered(gate), "taken");
            }

            Assert.IsTrue(Monitor.IsEntered(gate), "still taken");
        }

        Assert.IsFalse(Monitor.IsEntered(gate), "released");
        Lock modern = new();
        lock (modern) Assert.IsTrue(modern.IsHeldByCurrentThread, "taken");
        Assert.Throws<SynchronizationLockException>(() => Monitor.Exit(gate));
    }

    private static void A_lock_is_released_by_an_exception()
    {
        object gate = new();
        Assert.Throws<NotSupportedException>(() =>
        {
            lock (gate) throw new NotSupportedException();
        });
        Assert.IsFalse(Monitor.IsEntered(gate), "released");
    }

    private static void Thread_statics_hold_values_and_references()
    {
        Assert.AreEqual(0, _threadNumber);
        Assert.IsNull(_threadText);
        _threadNumber = Opaque.Value(5);
        _threadText = Opaque.Value("text");
        Assert.AreEqual(5, _threadNumber);
        Assert.AreEqual("text", _threadText);
        ThreadLocal<int> local = new(() => 8);
        Assert.AreEqual(8, local.Value);
        _threadNumber = 0;
        _threadText = null;
    }

    private static void Weak_references_find_living_objects()
    {
        object target = new();
        WeakReference<object> weak = new(target);
        Assert.IsTrue(weak.TryGetTarget(out object? found), "it lives");
        Assert.IsTrue(ReferenceEquals(target, found), "the same object");
        GCHandle handle = GCHandle.Alloc(target);
        Assert.IsTrue(ReferenceEquals(target, handle.Target), "the same object");
        handle.Free();
        GC.KeepAlive(target);
    }

    private static void Block_copies_handle_overlap()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6];
        Buffer.BlockCopy(bytes, 0, bytes, 2, 4);
        Assert.AreEqual([1, 2, 1, 2, 3, 4], bytes);
        string[] words = ["a", "b", "c", "d"];
        Array.Copy(words, 1, words, 0, 3);
        Assert.AreEqual("b c d d", string.Join(' ', words));
    }

    [StructLayout(LayoutKind.Sequential, Pack = 1)]
    private struct Packed
    {
        public byte A;
        public long B;
        public int C;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct Padded
    {
        public byte A;
        public long B;
        public int C;
    }

    [StructLayout(LayoutKind.Explicit)]
    private struct Union
    {
        [FieldOffset(0)]
        public int Whole;

        [FieldOffset(0)]
        public byte LowByte;

        [FieldOffset(2)]
        public ushort HighHalf;
    }

    [InlineArray(8)]
    private struct Eight
    {
        private int _first;
    }
}
