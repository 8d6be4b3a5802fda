using System;
using System.Collections.Generic;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;

namespace MemOS.Tests.Target.Runtime;

/// <summary>
/// Every way to store a reference, each into an object that a collection in slices looks at no
/// more, and from one that it has not looked at: only the write barrier can tell it.
/// </summary>
internal static class SliceStores
{
    private static object? _static;
    private static GCHandle _handle;
    private static DependentHandle _dependent;

    [ThreadStatic]
    private static object? _threadStatic;

    /// <summary>A way to keep an object, and to get at it again.</summary>
    public sealed record Way(string Name, Action<Hidden> Keep, Func<object?> Get);

    /// <summary>All of them; each keeps by something new, or by a static.</summary>
    public static readonly Way[] All =
    [
        new("a field", static hidden => _static = new Holder { First = hidden.Target },
            static () => ((Holder)_static!).First),
        new("a static", static hidden => _static = hidden.Target, static () => _static),
        new("a static of a thread", static hidden => _threadStatic = hidden.Target,
            static () => _threadStatic),
        new("an element", KeepElement, static () => ((object[])_static!)[3]),
        new("a structure", KeepStructure, static () => ((Pair[])_static!)[1].Second),
        new("a copied structure", static hidden => NewPairs()[Opaque.Value(4)] = hidden.Pair,
            static () => ((Pair[])_static!)[4].First),
        new("a box", static hidden => _static = hidden.Pair, static () => ((Pair)_static!).First),
        new("a clone", static hidden => _static = hidden.Holder.Clone(),
            static () => ((Holder)_static!).Last),
        new("a closure", KeepInClosure, static () => ((Func<object>)_static!)()),
        new("a copied array", KeepCopiedArray, static () => ((object[])_static!)[70]),
        new("a copied array of structures", KeepCopiedPairs,
            static () => ((Pair[])_static!)[30].Second),
        new("a list", KeepInList, static () => ((List<object>)_static!)[1]),
        new("a dictionary", KeepInDictionary, static () => ((Dictionary<int, object>)_static!)[77]),
        new("an exchange",
            static hidden => Interlocked.Exchange(ref NewHolder().First, hidden.Target),
            static () => ((Holder)_static!).First),
        new("a compared exchange",
            static hidden => Interlocked.CompareExchange(
                ref NewHolder().First, hidden.Target, null),
            static () => ((Holder)_static!).First),
        new("a handle", static hidden => _handle = GCHandle.Alloc(hidden.Target), TakeFromHandle),
        new("a handle that was set", KeepInSetHandle, TakeFromHandle),
        new("a dependent handle",
            static hidden => _dependent = new DependentHandle(NewHolder(), hidden.Target),
            static () => _dependent.Dependent),
        new("a dependent handle that was set", KeepInSetDependentHandle,
            static () => _dependent.Dependent),
    ];

    /// <summary>Lets go of what was kept last.</summary>
    public static void Forget()
    {
        _static = null;
        _threadStatic = null;
        if (_dependent.IsAllocated) _dependent.Dispose();
    }

    private static Pair[] NewPairs()
    {
        Pair[] pairs = new Pair[8];
        _static = pairs;
        return pairs;
    }

    private static Holder NewHolder()
    {
        Holder holder = new();
        _static = holder;
        return holder;
    }

    private static void KeepElement(Hidden hidden)
    {
        object[] array = Opaque.Value(new object[5]);
        _static = array;
        array[3] = hidden.Target;
    }

    private static void KeepStructure(Hidden hidden) =>
        NewPairs()[Opaque.Value(1)] = new Pair(1, null, 2, hidden.Target);

    private static void KeepInClosure(Hidden hidden)
    {
        object target = hidden.Target;
        _static = (Func<object>)(() => target);
    }

    private static void KeepCopiedArray(Hidden hidden)
    {
        object[] to = new object[100];
        _static = to;
        Array.Copy(hidden.Array, 0, to, 50, 40);
    }

    private static void KeepCopiedPairs(Hidden hidden)
    {
        Pair[] to = new Pair[50];
        _static = to;
        hidden.Pairs.AsSpan(3, 10).CopyTo(to.AsSpan(25));
    }

    private static void KeepInList(Hidden hidden)
    {
        List<object> list = ["first", "last"];
        _static = list;
        list.Insert(1, hidden.Target);
    }

    private static void KeepInDictionary(Hidden hidden)
    {
        Dictionary<int, object> dictionary = [];
        _static = dictionary;
        dictionary.Add(77, hidden.Target);
        for (int i = 100; i < 300; i++) dictionary.Add(i, "more");
    }

    private static void KeepInSetHandle(Hidden hidden)
    {
        _handle = GCHandle.Alloc(null);
        _handle.Target = hidden.Target;
    }

    private static object? TakeFromHandle()
    {
        object? kept = _handle.Target;
        _handle.Free();
        return kept;
    }

    private static void KeepInSetDependentHandle(Hidden hidden)
    {
        _dependent = new DependentHandle(NewHolder(), null);
        _dependent.Dependent = hidden.Target;
    }

    /// <summary>Keeps an object in all that it may be copied from.</summary>
    public sealed class Hidden
    {
        internal readonly object Target;
        internal readonly object[] Array = new object[100];
        internal readonly Pair[] Pairs = new Pair[20];
        internal readonly Holder Holder;
        internal Pair Pair;

        /// <summary>Keeps it.</summary>
        public Hidden(object target)
        {
            Target = target;
            System.Array.Fill(Array, target);
            Pair = new Pair(1, target, 2, target);
            System.Array.Fill(Pairs, Pair);
            Holder = new Holder { Last = target };
        }
    }

    internal sealed class Holder
    {
        public object? First;
        public object? Last;

        public Holder Clone() => (Holder)MemberwiseClone();
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct Pair(long number, object? first, long other, object? second)
    {
        public long Number = number;
        public object? First = first;
        public long Other = other;
        public object? Second = second;
    }
}
