using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>The suites about what only our own runtime can show.</summary>
internal static class MachineSuites
{
    /// <summary>All of them.</summary>
    public static TestSuite[] All =>
    [
        DispatchCacheTests.Suite,
        EmptyStackTests.Suite,
        SliceTests.Suite,
        HeapTests.Suite,
        PoisonTests.Suite,
        OutOfMemoryTests.Suite,
    ];
}
