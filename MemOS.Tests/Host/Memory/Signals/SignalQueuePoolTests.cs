using System.Linq;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Signals;

public sealed class SignalQueuePoolTests
{
    private readonly SignalQueuePool _pool = new();

    [Fact]
    public void A_queue_that_came_back_is_used_again_and_empty()
    {
        SignalQueue queue = _pool.Take();
        for (int i = 0; i < SignalQueue.Capacity; i++)
        {
            queue.TryAdd(new Signal(SignalCode.Terminate, (ulong)i));
        }

        queue.TryTake(out _);
        _pool.Return(queue);
        Assert.Same(queue, _pool.Take());
        Assert.False(queue.TryTake(out _));
        for (int i = 0; i < SignalQueue.Capacity; i++)
        {
            Assert.True(queue.TryAdd(default));
        }
    }

    [Fact]
    public void Nobody_gets_a_queue_that_another_has()
    {
        SignalQueue[] first = [_pool.Take(), _pool.Take(), _pool.Take()];
        foreach (SignalQueue queue in first)
        {
            _pool.Return(queue);
        }

        SignalQueue[] second = [_pool.Take(), _pool.Take(), _pool.Take(), _pool.Take()];
        Assert.Equal(4, second.Distinct().Count());
    }

    [Fact]
    public void A_process_that_has_ended_is_told_nothing_any_more()
    {
        Account account = new(null, ResourceAmounts.Unlimited);
        SignalTable table = new(new Purse(account), _pool.Take());
        Assert.True(table.TryMakeReady());
        table.Handle(SignalCode.Terminate, MemOS.Memory.Addresses.VirtualAddress.Create(0x1000));
        table.Send(new Signal(SignalCode.Terminate));
        _pool.Return(table.End());
        Assert.False(table.HasSignal);
        Assert.Equal(SendOutcome.Refused, table.Send(new Signal(SignalCode.Terminate)));
        Assert.False(_pool.Take().TryTake(out _));
        Assert.Equal(0ul, account.Settle()[Resource.QueuedSignals]);
    }
}
