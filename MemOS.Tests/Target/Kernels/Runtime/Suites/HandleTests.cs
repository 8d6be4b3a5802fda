using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Handles and finalisers.</summary>
internal static class HandleTests
{
    private const int Many = 50;

    // A conservative collector may take a number for a reference, but not often.
    private const int Mistakes = 3;

    private static readonly List<object> _saved = [];

    public static TestSuite Suite => new TestSuite("Handles")
        .Add(nameof(A_handle_keeps_its_object), A_handle_keeps_its_object)
        .Add(nameof(A_pinned_object_stays_where_it_is), A_pinned_object_stays_where_it_is)
        .Add(nameof(A_weak_handle_lets_go), A_weak_handle_lets_go)
        .Add(nameof(Finalizers_run_once), Finalizers_run_once)
        .Add(nameof(A_suppressed_finalizer_does_not_run), A_suppressed_finalizer_does_not_run)
        .Add(nameof(A_finalizer_that_is_wanted_again_runs),
            A_finalizer_that_is_wanted_again_runs)
        .Add(nameof(A_finalizer_may_save_its_object), A_finalizer_may_save_its_object)
        .Add(nameof(A_finalizer_sees_what_its_object_refers_to),
            A_finalizer_sees_what_its_object_refers_to)
        .Add(nameof(Long_weak_references_outlive_short_ones),
            Long_weak_references_outlive_short_ones)
        .Add(nameof(An_attached_value_lives_with_its_key),
            An_attached_value_lives_with_its_key)
        .Add(nameof(An_attached_value_may_hold_the_next_key),
            An_attached_value_may_hold_the_next_key);

    private static void A_handle_keeps_its_object()
    {
        GCHandle handle = MakeHandle(GCHandleType.Normal);
        Garbage.Collect();
        Garbage.Make(1000);
        Assert.AreEqual(5, ((int[])handle.Target!)[99]);
        handle.Free();
    }

    private static void A_pinned_object_stays_where_it_is()
    {
        GCHandle handle = MakeHandle(GCHandleType.Pinned);
        nint address = handle.AddrOfPinnedObject();
        Garbage.Collect();
        Garbage.Make(1000);
        Assert.AreEqual(address, handle.AddrOfPinnedObject());
        Assert.AreEqual(5, Marshal.ReadInt32(address, 99 * sizeof(int)));
        handle.Free();
    }

    private static void A_weak_handle_lets_go()
    {
        int gone = 0;
        GCHandle[] handles = new GCHandle[Many];
        for (int i = 0; i < Many; i++) handles[i] = MakeHandle(GCHandleType.Weak);
        Garbage.Collect();
        foreach (GCHandle handle in handles)
        {
            if (handle.Target is null) gone++;
            handle.Free();
        }

        Assert.IsTrue(gone >= Many - Mistakes, $"{gone} of {Many} are gone");
    }

    private static void Finalizers_run_once()
    {
        Counter counter = new();
        MakeFinalizable(FinalizerUse.Run, counter);
        Garbage.Collect();
        Garbage.Collect();
        Assert.IsTrue(
            counter.Count is >= Many - Mistakes and <= Many, $"{counter.Count} ran");
    }

    private static void A_suppressed_finalizer_does_not_run()
    {
        Counter counter = new();
        MakeFinalizable(FinalizerUse.Suppress, counter);
        Garbage.Collect();
        Garbage.Collect();
        Assert.AreEqual(0, counter.Count);
    }

    private static void A_finalizer_that_is_wanted_again_runs()
    {
        Counter counter = new();
        MakeFinalizable(FinalizerUse.SuppressAndWantAgain, counter);
        Garbage.Collect();
        Garbage.Collect();
        Assert.IsTrue(
            counter.Count is >= Many - Mistakes and <= Many, $"{counter.Count} ran");
    }

    private static void A_finalizer_may_save_its_object()
    {
        _saved.Clear();
        MakeSaved();
        Garbage.Collect();
        Garbage.Make(1000);
        Assert.IsTrue(_saved.Count >= Many - Mistakes, $"{_saved.Count} were saved");
        foreach (object item in _saved) Assert.AreEqual(4, ((SavesItself)item).Number);
        _saved.Clear();
    }

    private static void A_finalizer_sees_what_its_object_refers_to()
    {
        _saved.Clear();
        MakeSaved();
        Garbage.Collect();
        Garbage.Make(1000);
        foreach (object item in _saved) Assert.AreEqual("part", ((SavesItself)item).Part.Text);
        _saved.Clear();
    }

    private static void Long_weak_references_outlive_short_ones()
    {
        _saved.Clear();
        List<WeakReference> shortOnes = [];
        List<WeakReference> longOnes = [];
        MakeWatched(shortOnes, longOnes);
        Garbage.Collect();
        int gone = shortOnes.FindAll(one => !one.IsAlive).Count;
        int there = longOnes.FindAll(one => one.IsAlive).Count;
        Assert.IsTrue(gone >= Many - Mistakes, $"{gone} short ones are gone");
        Assert.AreEqual(Many, there);
        _saved.Clear();
    }

    private static void An_attached_value_lives_with_its_key()
    {
        ConditionalWeakTable<object, string> table = [];
        object key = new();
        table.Add(key, new string(Opaque.Value('v'), 3));
        List<WeakReference> values = [];
        Attach(table, values);
        Garbage.Collect();
        Garbage.Make(1000);
        Assert.IsTrue(table.TryGetValue(key, out string? value), "the key lives");
        Assert.AreEqual("vvv", value);
        int gone = values.FindAll(one => !one.IsAlive).Count;
        Assert.IsTrue(gone >= Many - Mistakes, $"{gone} values are gone");
        GC.KeepAlive(key);
    }

    private static void An_attached_value_may_hold_the_next_key()
    {
        ConditionalWeakTable<object, object> table = [];
        object first = new();
        AttachChain(table, first);
        Garbage.Collect();
        Garbage.Make(1000);
        object key = first;
        for (int i = 0; i < Many; i++)
        {
            Assert.IsTrue(table.TryGetValue(key, out object? next), $"link {i} is there");
            key = next!;
        }

        GC.KeepAlive(first);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GCHandle MakeHandle(GCHandleType type)
    {
        int[] numbers = new int[100];
        numbers[99] = 5;
        return GCHandle.Alloc(numbers, type);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeFinalizable(FinalizerUse use, Counter counter)
    {
        for (int i = 0; i < Many; i++)
        {
            object item = new Finalized(counter);
            if (use != FinalizerUse.Run) GC.SuppressFinalize(item);
            if (use == FinalizerUse.SuppressAndWantAgain) GC.ReRegisterForFinalize(item);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeSaved()
    {
        for (int i = 0; i < Many; i++) Opaque.Value(new SavesItself());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeWatched(List<WeakReference> shortOnes, List<WeakReference> longOnes)
    {
        for (int i = 0; i < Many; i++)
        {
            object item = new SavesItself();
            shortOnes.Add(new WeakReference(item, trackResurrection: false));
            longOnes.Add(new WeakReference(item, trackResurrection: true));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Attach(
        ConditionalWeakTable<object, string> table, List<WeakReference> values)
    {
        for (int i = 0; i < Many; i++)
        {
            string value = new(Opaque.Value('w'), 3);
            table.Add(new object(), value);
            values.Add(new WeakReference(value));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void AttachChain(ConditionalWeakTable<object, object> table, object first)
    {
        for (int i = 0; i < Many; i++)
        {
            object next = new();
            table.Add(first, next);
            first = next;
        }
    }

    private enum FinalizerUse
    {
        Run,
        Suppress,
        SuppressAndWantAgain,
    }

    // One for each test: an object that a collector held by mistake may be finalised much later.
    private sealed class Counter
    {
        public int Count { get; set; }
    }

    private sealed class Finalized(Counter counter)
    {
        ~Finalized() => counter.Count++;
    }

    private sealed class Part
    {
        public string Text { get; } = "part";
    }

    private sealed class SavesItself
    {
        public int Number { get; } = 4;

        public Part Part { get; } = new();

        ~SavesItself() => _saved.Add(this);
    }
}
