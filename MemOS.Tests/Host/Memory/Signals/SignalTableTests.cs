using System;
using System.Linq;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Signals;

/// <summary>Handlers, readiness and what waits.</summary>
public sealed class SignalTableTests
{
    private static readonly VirtualAddress Handler = VirtualAddress.Create(0x10_0000);

    [Fact]
    public void Every_signal_of_the_interface_exists_and_no_other()
    {
        SignalCode[] all = [.. Enumerable.Range(0, 256).Select(code => (SignalCode)code)];
        Assert.Equal(Enum.GetValues<SignalCode>(), all.Where(SignalTable.Exists));
    }

    [Fact]
    public void Each_signal_has_a_handler_of_its_own()
    {
        SignalTable table = new(NewPurse());
        SignalCode[] signals = Enum.GetValues<SignalCode>();
        Assert.All(signals, signal => Assert.False(table.TryUnhandle(signal)));
        foreach (SignalCode signal in signals)
            table.Handle(signal, Handler + (ulong)signal);
        foreach (SignalCode signal in signals)
        {
            Assert.True(table.TryGetHandler(signal, out VirtualAddress handler));
            Assert.Equal(Handler + (ulong)signal, handler);
            Assert.True(table.TryUnhandle(signal));
            Assert.False(table.TryGetHandler(signal, out _));
            Assert.False(table.TryUnhandle(signal));
        }
    }

    [Fact]
    public void What_comes_before_the_process_is_ready_is_told_afterwards()
    {
        SignalTable table = new(NewPurse());
        Assert.Equal(SendOutcome.Kept, table.Send(new Signal(SignalCode.Terminate)));
        Assert.False(table.HasSignal);
        Assert.False(table.TryTake(out _));
        Assert.True(table.TryMakeReady());
        Assert.True(table.HasSignal);
        Assert.True(table.TryTake(out Signal signal));
        Assert.Equal(SignalCode.Terminate, signal.Code);
        Assert.False(table.HasSignal);
    }

    [Fact]
    public void A_process_becomes_ready_once()
    {
        SignalTable table = new(NewPurse());
        Assert.True(table.TryMakeReady());
        Assert.False(table.TryMakeReady());
        Assert.True(table.IsReady);
    }

    [Fact]
    public void Who_is_ready_and_does_not_handle_a_signal_gets_its_default_at_once()
    {
        SignalTable table = new(NewPurse());
        table.TryMakeReady();
        table.Handle(SignalCode.MemFault, Handler);
        Assert.Equal(SendOutcome.Ignored, table.Send(new Signal(SignalCode.Terminate)));
        Assert.Equal(SendOutcome.Killed, table.Send(new Signal(SignalCode.WillTerminate)));
        Assert.False(table.HasSignal);
        Assert.Equal(SendOutcome.Kept, table.Send(new Signal(SignalCode.MemFault)));
        Assert.True(table.HasSignal);
    }

    [Fact]
    public void When_too_many_wait_only_what_nobody_handles_can_be_sent()
    {
        SignalTable table = new(NewPurse());
        table.Handle(SignalCode.MemFault, Handler);
        for (int i = 0; i < SignalQueue.Capacity; i++)
        {
            Assert.True(table.CanSend(SignalCode.MemFault));
            Assert.Equal(SendOutcome.Kept, table.Send(new Signal(SignalCode.MemFault)));
        }

        Assert.False(table.CanSend(SignalCode.Terminate));
        Assert.Equal(SendOutcome.Refused, table.Send(new Signal(SignalCode.Terminate)));
        table.TryMakeReady();
        Assert.True(table.CanSend(SignalCode.Terminate));
        Assert.False(table.CanSend(SignalCode.MemFault));
    }

    [Fact]
    public void Half_of_the_room_is_closed_to_senders_from_outside()
    {
        SignalTable table = new(NewPurse());
        Signal signal = new(SignalCode.RecvSharedAms);
        for (int i = 0; i < SignalQueue.CapacityForOutside; i++)
        {
            Assert.True(table.CanSend(signal.Code, SignalSender.Outside));
            Assert.Equal(SendOutcome.Kept, table.Send(signal, SignalSender.Outside));
        }

        Assert.False(table.CanSend(signal.Code, SignalSender.Outside));
        Assert.Equal(SendOutcome.Refused, table.Send(signal, SignalSender.Outside));
        Assert.True(table.CanSend(signal.Code));
        Assert.Equal(SendOutcome.Kept, table.Send(signal));
        Assert.Equal(SignalQueue.CapacityForOutside + 1, table.Waiting);
    }

    [Fact]
    public void A_fault_in_the_handler_of_a_fault_is_told_once_more_and_then_never()
    {
        SignalTable table = new(NewPurse());
        Signal fault = new(SignalCode.MemFault, 0x1000, 2);
        table.Handle(SignalCode.MemFault, Handler);
        Assert.False(table.TryChoose(fault, null, out _, out _), "not ready");
        table.TryMakeReady();
        Assert.True(table.TryChoose(fault, null, out Signal told, out VirtualAddress handler));
        Assert.Equal((fault, Handler), (told, handler));
        Assert.True(table.TryChoose(fault, SignalCode.Terminate, out told, out _));
        Assert.Equal(fault, told);
        Assert.False(table.TryChoose(fault, SignalCode.MemFault, out _, out _), "not handled");
        table.Handle(SignalCode.HandlerFault, Handler);
        Assert.True(table.TryChoose(fault, SignalCode.MemFault, out told, out _));
        Assert.Equal(new Signal(SignalCode.HandlerFault, (ulong)SignalCode.MemFault), told);
        Assert.False(table.TryChoose(fault, SignalCode.HandlerFault, out _, out _));
    }

    [Fact]
    public void Only_faults_and_the_end_kill_who_does_not_handle_them() => Assert.Equal(
        [SignalCode.HandlerFault, SignalCode.MemFault, SignalCode.WillTerminate],
        Enum.GetValues<SignalCode>()
            .Where(signal => SignalTable.DefaultOf(signal) == SignalDefault.Kill));

    private static Purse NewPurse() => new(new Account(null, ResourceAmounts.Unlimited));
}
