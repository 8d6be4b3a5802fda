using Xunit;

namespace MemOS.Tests.Toolchain.Build;

/// <summary>Builds of one small program, from the assemblies to the file.</summary>
public sealed class RepeatableBuildTests
{
    private const string Program = "hog";

    [Fact]
    public void With_a_seed_builds_are_the_same_to_the_byte_and_without_they_differ()
    {
        using BuildBench bench = new(Program);
        byte[] one = bench.Build("one", seed: 1);
        Assert.Equal(one, bench.Build("two", seed: 1));

        // These take what the compiler made before: only the order is new.
        byte[] random = bench.Build("one", seed: null);
        Assert.NotEqual(one, random);
        Assert.NotEqual(random, bench.Build("one", seed: null));
        Assert.Equal(one, bench.Build("one", seed: 1));
    }
}
