using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cosmos.Runtime.Heap;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Collections in slices, between which objects are made and references stored.</summary>
internal static class SliceTests
{
    // More than one slice of the length below can follow.
    private const int ChainLength = 20_000;
    private const long FirstSlices = 200_000;
    private const long Slice = 500;
    private const int LogEntries = 8192;
    private const int Rounds = 6;

    private static readonly List<string> _lost = [];
    private static Node? _chain;
    private static object?[]? _many;
    private static GCHandle _weak;
    private static Figures _figures;

    public static TestSuite Suite => new TestSuite("Slices")
        .Add(nameof(What_a_reference_is_stored_to_between_slices_stays),
            What_a_reference_is_stored_to_between_slices_stays)
        .Add(nameof(What_comes_out_of_a_weak_handle_between_slices_stays),
            What_comes_out_of_a_weak_handle_between_slices_stays)
        .Add(nameof(More_is_stored_between_slices_than_the_log_holds),
            More_is_stored_between_slices_than_the_log_holds)
        .Add(nameof(A_moved_part_of_a_long_array_stays), A_moved_part_of_a_long_array_stays)
        .Add(nameof(What_is_made_between_slices_stays), What_is_made_between_slices_stays)
        .Add(nameof(What_was_garbage_before_goes), What_was_garbage_before_goes)
        .Add(nameof(A_request_is_for_a_collection_that_begins_later),
            A_request_is_for_a_collection_that_begins_later)
        .Add(nameof(Garbage_of_many_rounds_leaves_no_growth),
            Garbage_of_many_rounds_leaves_no_growth)
        .Add(nameof(Random_graphs_lose_nothing), Random_graphs_lose_nothing);

    /// <summary>
    /// Works in slices and notes what happened. To be called where the stack refers to nothing
    /// that statics don't refer to as well.
    /// </summary>
    public static void Run()
    {
        ManagedHeap.Mode = RootScan.EmptyStack;
        // The stack holds a way that a static holds as well.
        for (int i = 0; i < SliceStores.All.Length; i++) TryWay(SliceStores.All[i]);
        TryWeakHandle();
        TryMany();
        TryLongArray();
        TryGarbage();
        TryRequest();
        for (int i = 0; i < 2 * Rounds; i++)
        {
            MakeGarbage();
            CollectInSlices();
            if (i == Rounds) _figures.Reserved = HeapUsage.Reserved;
        }

        _figures.ReservedLater = HeapUsage.Reserved;
        ManagedHeap.ChecksMarks = true;
        _figures.GraphFault = SliceGraph.Run();
        ManagedHeap.ChecksMarks = false;
        CollectInSlices();
        ManagedHeap.Mode = RootScan.StackAndStatics;
    }

    private static void What_a_reference_is_stored_to_between_slices_stays() =>
        Assert.AreEqual("", string.Join(", ", _lost));

    private static void What_comes_out_of_a_weak_handle_between_slices_stays() =>
        Assert.AreEqual(true, _figures.WeakStays);

    private static void More_is_stored_between_slices_than_the_log_holds() =>
        Assert.AreEqual(0, _figures.LostOfMany);

    private static void A_moved_part_of_a_long_array_stays() =>
        Assert.AreEqual(0, _figures.LostOfArray);

    private static void What_is_made_between_slices_stays() =>
        Assert.AreEqual(true, _figures.NewStays);

    private static void What_was_garbage_before_goes() => Assert.AreEqual(true, _figures.OldGoes);

    private static void A_request_is_for_a_collection_that_begins_later()
    {
        Assert.AreEqual(false, _figures.DoneAfterFirst);
        Assert.AreEqual(true, _figures.DoneAfterSecond);
    }

    private static void Garbage_of_many_rounds_leaves_no_growth() =>
        Assert.AreEqual(_figures.Reserved, _figures.ReservedLater);

    private static void Random_graphs_lose_nothing() =>
        Assert.AreEqual("", _figures.GraphFault ?? "it did not run");

    private static void TryWay(SliceStores.Way way)
    {
        Hide();
        BeginCollection();
        Keep(way);
        FinishCollection();
        Examine(way);
    }

    // At the end of a chain that the first slices do not reach.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Hide()
    {
        Node node = new() { Target = new SliceStores.Hidden(new Target()) };
        for (int i = 0; i < ChainLength; i++) node = new Node { Next = node };
        _chain = node;
    }

    private static void BeginCollection()
    {
        CollectInSlices();
        GC.Collect();
        ManagedHeap.CollectInPart(FirstSlices);
    }

    private static void FinishCollection()
    {
        while (ManagedHeap.IsCollecting) ManagedHeap.CollectInPart(Slice);
        MakeGarbage();
    }

    private static void CollectInSlices()
    {
        while (ManagedHeap.IsCollecting) ManagedHeap.CollectInPart(Slice);
        GC.Collect();
        do ManagedHeap.CollectInPart(Slice);
        while (ManagedHeap.IsCollecting);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Keep(SliceStores.Way way)
    {
        way.Keep((SliceStores.Hidden)TakeHidden());
        Opaque.Value(new object());
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static object TakeHidden()
    {
        Node node = _chain!;
        while (node.Next is { } next) node = next;
        object hidden = node.Target!;
        node.Target = null;
        return hidden;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Examine(SliceStores.Way way)
    {
        if (way.Get() is not Target { IsWhole: true }) _lost.Add(way.Name);
        SliceStores.Forget();
        _chain = null;
    }

    // Nothing but a weak handle refers to it; in the last phases, too.
    private static void TryWeakHandle()
    {
        _figures.WeakStays = true;
        for (long before = 0; before < 30; before++)
        {
            CollectInSlices();
            MakeWeak();
            GC.Collect();
            for (long i = 0; i < before * 20; i++) ManagedHeap.CollectInPart(Slice);
            TakeFromWeak();
            FinishCollection();
            ExamineWeak();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeWeak() => _weak = GCHandle.Alloc(
        new Node { Next = new Node { Target = new Target() } }, GCHandleType.Weak);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void TakeFromWeak() => _chain = (Node?)_weak.Target;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExamineWeak()
    {
        if (_chain is not null && _chain.Next!.Target is not Target { IsWhole: true })
            _figures.WeakStays = false;
        _weak.Free();
        _chain = null;
    }

    private static void TryMany()
    {
        HideMany(3 * LogEntries);
        BeginCollection();
        KeepMany();
        FinishCollection();
        _figures.LostOfMany = CountLost();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void HideMany(int count)
    {
        object?[] many = new object[count];
        for (int i = 0; i < count; i++) many[i] = new Node { Target = new Target() };
        Hide();
        TakeHiddenPlace().Target = many;
    }

    private static Node TakeHiddenPlace()
    {
        Node node = _chain!;
        while (node.Next is { } next) node = next;
        return node;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void KeepMany()
    {
        object?[] many = (object?[])TakeHidden();
        object?[] kept = new object?[many.Length];
        _many = kept;
        for (int i = 0; i < many.Length; i++) kept[i] = many[i];
        Array.Clear(many);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int CountLost()
    {
        int lost = 0;
        foreach (object? node in _many!)
        {
            if (node is not Node { Target: Target { IsWhole: true } }) lost++;
        }

        _many = null;
        _chain = null;
        return lost;
    }

    // Between any two of its parts all elements move down by half of it.
    private static void TryLongArray()
    {
        for (int slices = 0; slices < 40; slices++)
        {
            MakeLongArray();
            CollectInSlices();
            GC.Collect();
            for (int i = 0; i < slices; i++) ManagedHeap.CollectInPart(20_000);
            MoveHalf();
            FinishCollection();
            _figures.LostOfArray += CountLost();
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeLongArray()
    {
        _many = new object?[10_000];
        for (int i = 0; i < _many.Length; i++) _many[i] = new Node { Target = new Target() };
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MoveHalf()
    {
        int half = _many!.Length / 2;
        Array.Copy(_many, half, _many, 0, half);
        for (int i = half; i < _many.Length; i++) _many[i] = new Node { Target = new Target() };
    }

    private static void TryGarbage()
    {
        CollectInSlices();
        MakeWeak();
        GC.Collect();
        ManagedHeap.CollectInPart(Slice);
        MakeNew();
        FinishCollection();
        ExamineNew();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeNew() => _chain = new Node { Target = new Target() };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ExamineNew()
    {
        _figures.NewStays = _chain!.Target is Target { IsWhole: true };
        _figures.OldGoes = _weak.Target is null;
        _weak.Free();
    }

    private static void TryRequest()
    {
        CollectInSlices();
        GC.Collect();
        ManagedHeap.CollectInPart(Slice);
        CollectionTicket ticket = ManagedHeap.Request();
        while (ManagedHeap.IsCollecting) ManagedHeap.CollectInPart(Slice);
        _figures.DoneAfterFirst = ManagedHeap.IsDone(ticket);
        do ManagedHeap.CollectInPart(Slice);
        while (ManagedHeap.IsCollecting);
        _figures.DoneAfterSecond = ManagedHeap.IsDone(ticket);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeGarbage()
    {
        for (int i = 0; i < 3000; i++) Opaque.Value(new byte[i % 300]);
        for (int i = 0; i < 5; i++) Opaque.Value(new byte[100_000]);
    }

    private struct Figures
    {
        public bool WeakStays;
        public int LostOfMany;
        public int LostOfArray;
        public bool NewStays;
        public bool OldGoes;
        public bool DoneAfterFirst;
        public bool DoneAfterSecond;
        public nuint Reserved;
        public nuint ReservedLater;
        public string? GraphFault;
    }

    private sealed class Node
    {
        public Node? Next;
        public object? Target;
    }

    // What is freed is overwritten, by a pattern or by what comes next.
    private sealed class Target
    {
        private const ulong Whole = 0x0123_4567_89AB_CDEF;

        private readonly ulong _first = Opaque.Value(Whole);
        private readonly ulong _last = Opaque.Value(~Whole);

        public bool IsWhole => _first == Whole && _last == ~Whole;
    }
}
