using Cosmos.TestRunner.Engine.Machines;
using Xunit;

namespace MemOS.Tests.Target.Booted;

/// <summary>
/// Interrupts are off in the kernel, so no entry into it may be long, whatever programs do.
/// </summary>
public sealed class LongestEntryTests
{
    [Fact]
    public void No_entry_is_longer_than_the_limit()
    {
        LongestEntries entries = LongestEntries.Measure(CpuModel.Max);
        Assert.Matches("demos: [1-9][0-9]* passed, 0 failed", entries.Console);
        Assert.True(entries.Kinds.Count > 1, entries.Console);
        (string name, ulong instructions) = entries.Longest;
        Assert.True(instructions <= LongestEntries.Limit, $"{name}: {instructions}");
    }
}
