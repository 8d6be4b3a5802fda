using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Cosmos.Runtime.Dispatch;
using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>Interface calls are resolved once for each call site and type.</summary>
internal static class DispatchCacheTests
{
    public static TestSuite Suite => new TestSuite("DispatchCache")
        .Add(nameof(A_second_call_does_not_resolve_again), A_second_call_does_not_resolve_again)
        .Add(nameof(A_call_site_remembers_several_types), A_call_site_remembers_several_types);

    private static void A_second_call_does_not_resolve_again()
    {
        List<int> list = [1, 2, 3];
        ulong before = InterfaceDispatch.Resolutions;
        Assert.AreEqual(3, FirstSite(list));
        ulong first = InterfaceDispatch.Resolutions;
        Assert.IsTrue(first > before, "a new call site resolves");
        for (int i = 0; i < 1000; i++) FirstSite(list);
        Assert.AreEqual(first, InterfaceDispatch.Resolutions);
    }

    private static void A_call_site_remembers_several_types()
    {
        ICollection<int>[] collections =
            [new List<int> { 1 }, new HashSet<int> { 1 }, new Queue(), new LinkedList<int>([1])];
        foreach (ICollection<int> collection in collections) SecondSite(collection);
        ulong first = InterfaceDispatch.Resolutions;
        for (int i = 0; i < 100; i++)
        {
            foreach (ICollection<int> collection in collections) SecondSite(collection);
        }

        Assert.AreEqual(first, InterfaceDispatch.Resolutions);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int FirstSite(ICollection<int> collection) => collection.Count;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SecondSite(ICollection<int> collection) => collection.Count;

    private sealed class Queue : List<int>;
}
