using Xunit;

namespace MemOS.Tests.Host;

/// <summary>
/// Tests that count what their thread allocates. They run while no others do: a collection that
/// another thread brings about takes the rest of a thread's allocation buffer, which counts as
/// allocated.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class CountsAllocations
{
    public const string Name = nameof(CountsAllocations);
}
