using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cosmos.Runtime.Heap;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>
/// The collector of a kernel whose stack is empty between two entries: it looks at statics and
/// handles alone, and runs when it is told to.
/// </summary>
internal static class EmptyStackTests
{
    private const int Many = 100;
    private const int Rounds = 20;

    private static readonly GCHandle[] _weak = new GCHandle[Many];
    private static readonly object[] _living = new object[Many];
    private static object? _held;
    private static Figures _figures;

    public static TestSuite Suite => new TestSuite("EmptyStack")
        .Add(nameof(Allocation_wishes_for_a_collection_and_runs_none),
            Allocation_wishes_for_a_collection_and_runs_none)
        .Add(nameof(GC_Collect_waits_for_the_empty_stack), GC_Collect_waits_for_the_empty_stack)
        .Add(nameof(Exactly_what_nothing_refers_to_goes), Exactly_what_nothing_refers_to_goes)
        .Add(nameof(What_statics_and_handles_refer_to_stays),
            What_statics_and_handles_refer_to_stays)
        .Add(nameof(Finalizers_run_at_the_empty_stack), Finalizers_run_at_the_empty_stack)
        .Add(nameof(Garbage_of_many_rounds_leaves_no_growth),
            Garbage_of_many_rounds_leaves_no_growth);

    /// <summary>
    /// Works in that mode and notes what happened. To be called where the stack refers to nothing
    /// that statics don't refer to as well.
    /// </summary>
    public static void Run()
    {
        ManagedHeap.Mode = RootScan.EmptyStack;
        nint address = Fill();
        uint before = HeapUsage.Collections;
        MakeGarbage();
        _figures.ByAllocation = HeapUsage.Collections - before;
        _figures.Wanted = ManagedHeap.WantsCollection;
        ManagedHeap.CollectIfWanted();
        _figures.WhenWanted = HeapUsage.Collections - before;

        before = HeapUsage.Collections;
        GC.Collect();
        _figures.ByCall = HeapUsage.Collections - before;
        ManagedHeap.CollectIfWanted();
        _figures.AfterCall = HeapUsage.Collections - before;
        Examine();
        // An address on the stack has kept nothing.
        Opaque.Value(address);

        for (int i = 0; i < 2 * Rounds; i++)
        {
            MakeGarbage();
            ManagedHeap.CollectIfWanted();
            if (i == Rounds) _figures.Reserved = HeapUsage.Reserved;
        }

        _figures.ReservedLater = HeapUsage.Reserved;
        ManagedHeap.Mode = RootScan.StackAndStatics;
    }

    private static void Allocation_wishes_for_a_collection_and_runs_none()
    {
        Assert.AreEqual(0u, _figures.ByAllocation);
        Assert.IsTrue(_figures.Wanted, "wished for");
        Assert.AreEqual(1u, _figures.WhenWanted);
    }

    private static void GC_Collect_waits_for_the_empty_stack()
    {
        Assert.AreEqual(0u, _figures.ByCall);
        Assert.AreEqual(1u, _figures.AfterCall);
    }

    private static void Exactly_what_nothing_refers_to_goes() =>
        Assert.AreEqual(Many, _figures.Gone);

    private static void What_statics_and_handles_refer_to_stays()
    {
        Assert.AreEqual(Many, _figures.Living);
        Assert.AreEqual(5, _figures.Held);
    }

    private static void Finalizers_run_at_the_empty_stack() =>
        Assert.AreEqual(Many, Counted.Finalized);

    private static void Garbage_of_many_rounds_leaves_no_growth() =>
        Assert.AreEqual(_figures.Reserved, _figures.ReservedLater);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe nint Fill()
    {
        nint address = 0;
        for (int i = 0; i < Many; i++)
        {
            byte[] dead = new byte[i + 1];
            fixed (byte* first = dead) address = (nint)first;
            _weak[i] = GCHandle.Alloc(dead, GCHandleType.Weak);
            _living[i] = new string((char)('a' + (i % 26)), i);
            Opaque.Value(new Counted());
        }

        _held = GCHandle.Alloc(new[] { 5 });
        return address;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MakeGarbage()
    {
        for (int i = 0; i < 50_000; i++) Opaque.Value(new byte[i % 300]);
        for (int i = 0; i < 20; i++) Opaque.Value(new byte[100_000]);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Examine()
    {
        for (int i = 0; i < Many; i++)
        {
            if (_weak[i].Target is null) _figures.Gone++;
            if ((string)_living[i] == new string((char)('a' + (i % 26)), i)) _figures.Living++;
        }

        _figures.Held = ((int[])((GCHandle)_held!).Target!)[0];
    }

    private struct Figures
    {
        public uint ByAllocation;
        public bool Wanted;
        public uint WhenWanted;
        public uint ByCall;
        public uint AfterCall;
        public int Gone;
        public int Living;
        public int Held;
        public nuint Reserved;
        public nuint ReservedLater;
    }

    private sealed class Counted
    {
        internal static int Finalized;

        ~Counted() => Finalized++;
    }
}
