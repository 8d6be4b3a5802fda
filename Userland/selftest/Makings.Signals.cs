using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <content>Signals and their handlers.</content>
internal sealed unsafe partial class Makings
{
    private const ulong Known = 0x0123_4567_89AB_CDEF;

    private Making Handling() => Calling(
        "HANDLE_SIGNAL",
        thing => BeginHandle(thing, _bench.Grounds.ExecuteOnly),
        (thing, _) => Unhandle(thing));

    private Making Unhandling() => Plain("UNHANDLE_SIGNAL", () =>
    {
        BeginHandle(0, _bench.Grounds.ExecuteOnly);
        _bench.Accepts("HANDLE_SIGNAL");
        BeginUnhandle(0);
    });

    private Making AskingForHandler() => Plain(
        "IS_SIGNAL_HANDLED",
        () => _bench.Begin(SyscallCode.IsSignalHandled)
            .Put((ulong)SignalCode.Terminate, sizeof(byte)));

    // Once it is ready, it stays so.
    private Making GettingReady()
    {
        Making first = Plain("READY", SyscallCode.Ready);
        return first with
        {
            Send = () => first.Send() is var error and not ErrorCode.AlreadyReady
                ? error
                : ErrorCode.None,
        };
    }

    private Making LeavingNoHandler() => Plain(
        "SIGNAL_DONE without a handler",
        () => _bench.Begin(SyscallCode.SignalDone).Put(0, sizeof(byte)).Put(0),
        ErrorCode.NoHandler);

    // A fault, and a handler that sets the base of FS to make it good; see ThreadChecks.
    private Making LeavingHandler()
    {
        // Safe: a page of its own, which stays.
        Registers* registers = (Registers*)Memory.Allocate(Memory.PageBytes).Start.Value;
        ulong hole = _bench.Grounds.Hole;
        return new Making(
            "SET_THREAD_POINTER and SIGNAL_DONE in a handler",
            thing =>
            {
                *(ulong*)(hole - Page) = Known;
                BeginHandle(0, Processor.FaultHandler());
                _bench.Accepts("HANDLE_SIGNAL");
                registers->Fill((ulong)thing + 1);
                registers->Rdx = hole;
            },
            () =>
            {
                Processor.Fault(registers);
                return registers->Rax == Known ? ErrorCode.None : ErrorCode.InvalidArgument;
            },
            (_, _) => BeginUnhandle(0).Send());
    }

    // A new page each time: what was supplied stays.
    private Making Supply()
    {
        BackedSegment backed = new(1 << 20, static (_, page) =>
        {
            page.Fill(1);
            return BackerAnswer.Done;
        });
        ulong next = backed.Segment.Map().Start.Value;
        return Calling(
            "a backer's page",
            _ => _bench.Begin(SyscallCode.FillRandom).Put(next).Put(sizeof(ulong)),
            (_, _) => next += Page);
    }

    private Caller BeginHandle(int thing, ulong handler) => _bench
        .Begin(SyscallCode.HandleSignal).Put(Signal(thing), sizeof(byte)).Put(handler);

    private Caller BeginUnhandle(int thing) =>
        _bench.Begin(SyscallCode.UnhandleSignal).Put(Signal(thing), sizeof(byte));

    private void Unhandle(int thing)
    {
        BeginUnhandle(thing);
        _bench.Accepts("UNHANDLE_SIGNAL");
    }

    private static ulong Signal(int thing) =>
        (ulong)(thing == 0 ? SignalCode.MemFault : SignalCode.Terminate);
}
