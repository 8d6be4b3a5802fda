using System;

namespace MemOS.Tests.Host;

/// <summary>Counting holds against what is not the work's, and not against the work.</summary>
[Collection(CountsAllocations.Name)]
public sealed class CountsAllocationsTests
{
    private object? _kept;

    [Fact]
    public void What_is_allocated_in_every_round_counts() =>
        Assert.InRange(CountsAllocations.Least(() => _kept = new byte[100]), 100, 200);

    [Fact]
    public void What_comes_now_and_then_does_not_count()
    {
        int round = 0;
        long allocated = CountsAllocations.Least(() =>
        {
            if (round++ == 0) _kept = new byte[1760];
        });
        Assert.Equal(0, allocated);
        Assert.Equal(2, round);
        GC.KeepAlive(_kept);
    }
}
