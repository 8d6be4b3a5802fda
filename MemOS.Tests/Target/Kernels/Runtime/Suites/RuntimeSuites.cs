using Cosmos.TestRunner;

namespace MemOS.Tests.Target.Runtime;

/// <summary>The suites that hold on any .NET runtime, a kernel's or a host's.</summary>
internal static class RuntimeSuites
{
    /// <summary>All of them.</summary>
    public static TestSuite[] Portable =>
    [
        ObjectTests.Suite,
        ValueTypeTests.Suite,
        GenericTests.Suite,
        DispatchTests.Suite,
        ExceptionTests.Suite,
        NestedExceptionTests.Suite,
        NestedFaultTests.Suite,
        FaultTests.Suite,
        StringTests.Suite,
        NumberTests.Suite,
        CollectionTests.Suite,
        SequenceTests.Suite,
        MemoryTests.Suite,
        TimeTests.Suite,
        FileTests.Suite,
        GarbageTests.Suite,
        HandleTests.Suite,
    ];
}
