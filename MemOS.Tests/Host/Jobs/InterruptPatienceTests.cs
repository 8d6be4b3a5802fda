using MemOS.Jobs;

namespace MemOS.Tests.Host.Jobs;

/// <summary>When Ctrl-C asks, and when it ends.</summary>
public sealed class InterruptPatienceTests
{
    private const ulong Second = 1_000_000_000;

    // A field, as it is changed in place.
    private InterruptPatience _patience;

    [Fact]
    public void The_first_asks_and_the_job_ends_when_it_does_not_answer_in_time()
    {
        Assert.Equal(InterruptAction.Tell, _patience.Press(10 * Second));
        Assert.Equal(InterruptAction.None, _patience.Tick(12 * Second - 1));
        Assert.Equal(InterruptAction.End, _patience.Tick(12 * Second));
        Assert.Equal(InterruptAction.None, _patience.Tick(20 * Second));
    }

    [Fact]
    public void Who_answers_goes_on()
    {
        Assert.Equal(InterruptAction.Tell, _patience.Press(10 * Second));
        _patience.Answer();
        Assert.Equal(InterruptAction.None, _patience.Tick(20 * Second));
        Assert.Equal(InterruptAction.Tell, _patience.Press(20 * Second));
    }

    [Fact]
    public void The_second_ends_at_once_who_has_not_answered_the_first()
    {
        _patience.Press(10 * Second);
        Assert.Equal(InterruptAction.End, _patience.Press(11 * Second));
    }

    [Fact]
    public void The_third_within_the_time_ends_who_always_answers()
    {
        Assert.Equal(InterruptAction.Tell, _patience.Press(10 * Second));
        _patience.Answer();
        Assert.Equal(InterruptAction.Tell, _patience.Press(10 * Second + 1));
        _patience.Answer();
        Assert.Equal(InterruptAction.End, _patience.Press(10 * Second + 2));
    }

    [Fact]
    public void After_the_second_there_is_as_much_time_as_after_the_first()
    {
        _patience.Press(10 * Second);
        _patience.Answer();
        Assert.Equal(InterruptAction.Tell, _patience.Press(11 * Second));
        Assert.Equal(InterruptAction.None, _patience.Tick(13 * Second - 1));
        Assert.Equal(InterruptAction.End, _patience.Tick(13 * Second));
    }
}
