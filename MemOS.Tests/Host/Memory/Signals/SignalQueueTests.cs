using MemOS.Abi;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Signals;

/// <summary>What waits comes out once, in order, and not without bound.</summary>
public sealed class SignalQueueTests
{
    [Fact]
    public void Signals_come_out_in_the_order_they_went_in_also_around_the_end()
    {
        SignalQueue queue = new();
        ulong next = 0;
        for (ulong sent = 0; sent < 3 * SignalQueue.Capacity; sent++)
        {
            Assert.True(queue.TryAdd(new Signal(SignalCode.Terminate, sent)));
            if (sent % 8 != 0)
                continue;
            while (queue.TryTake(out Signal signal))
                Assert.Equal(next++, signal.First);
        }
    }

    [Fact]
    public void A_full_queue_refuses_one_more_and_keeps_what_it_has()
    {
        SignalQueue queue = new();
        for (ulong sent = 0; sent < SignalQueue.Capacity; sent++)
            Assert.True(queue.TryAdd(new Signal(SignalCode.MemFault, sent)));
        Assert.False(queue.TryAdd(new Signal(SignalCode.Terminate)));
        Assert.Equal(SignalQueue.Capacity, queue.Count);
        Assert.True(queue.TryTake(out Signal first));
        Assert.Equal(new Signal(SignalCode.MemFault), first);
    }

    [Fact]
    public void An_empty_queue_gives_nothing() => Assert.False(new SignalQueue().TryTake(out _));
}
