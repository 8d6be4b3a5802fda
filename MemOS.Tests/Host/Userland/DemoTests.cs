using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Demos;

namespace MemOS.Tests.Host.Userland;

public sealed class DemoTests
{
    private static readonly ProcessEnd Good = new(EndReason.Exited, 0, FaultKind.None);

    [Fact]
    public void Demos_that_exit_with_0_have_passed()
    {
        DemoTally tally = new();
        tally.Add("hello", "says hello", Good, 7);
        tally.Add("hog", "takes all", Good, 8);
        Assert.Equal("demos: 2 passed, 0 failed", tally.Summary);
    }

    [Theory]
    [InlineData(EndReason.Exited, 1)]
    [InlineData(EndReason.Faulted, 0)]
    [InlineData(EndReason.Killed, 0)]
    [InlineData(EndReason.OutOfMemory, 0)]
    public void Every_other_end_is_a_failure(EndReason reason, ulong data)
    {
        DemoTally tally = new();
        tally.Add("hello", "says hello", Good, 7);
        tally.Add("hog", "takes all", new(reason, data, FaultKind.None), 8);
        Assert.Equal("demos: 1 passed, 1 failed", tally.Summary);
        Assert.Contains("FAILED", tally.ToString());
    }

    [Fact]
    public void Every_demo_has_its_row()
    {
        DemoTally tally = new();
        tally.Add("hello", "says hello", Good, 7);
        Assert.Contains("hello  says hello  ", tally.ToString());
        Assert.EndsWith("7\n", tally.ToString());
    }

    [Fact]
    public void A_verdict_tells_the_first_failure()
    {
        Verdict verdict = new("hello");
        Assert.Equal("hello: ok", verdict.ToString());
        verdict.Fail("no stack");
        verdict.Fail("no heap");
        Assert.False(verdict.IsGood);
        Assert.Equal("hello: FAILED no stack", verdict.ToString());
    }
}
