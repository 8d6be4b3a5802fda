using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Signals;

/// <summary>
/// What a process wants to be told, and where; what it has not been told yet. Nothing is told
/// before it is ready.
/// </summary>
public sealed class SignalTable
{
    private const int NoSuchSignal = -1;
    private const int Signals = 8;

    private readonly Purse _purse;

    // Gone once the process has ended.
    private SignalQueue? _queue;

    // Address 0 stands for none. Most processes have no handlers at all.
    private VirtualAddress[] _handlers = [];

    /// <summary>Nothing is handled, and nothing waits.</summary>
    /// <param name="purse">What is charged for signals that wait.</param>
    public SignalTable(Purse purse)
        : this(purse, new SignalQueue())
    {
    }

    /// <summary>The same, with an empty queue that nobody else has.</summary>
    public SignalTable(Purse purse, SignalQueue queue)
    {
        _purse = purse;
        _queue = queue;
    }

    /// <summary>Whether the process said that it is.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Whether a signal waits and may be told.</summary>
    public bool HasSignal => IsReady && _queue is { Count: not 0 };

    /// <summary>Whether there is such a signal.</summary>
    public static bool Exists(SignalCode signal) => IndexOf(signal) != NoSuchSignal;

    /// <summary>What an existing signal does where nobody handles it.</summary>
    public static SignalDefault DefaultOf(SignalCode signal) => signal switch
    {
        SignalCode.HandlerFault or SignalCode.MemFault or SignalCode.WillTerminate =>
            SignalDefault.Kill,
        _ => SignalDefault.Ignore,
    };

    /// <summary>The process is ready; false if it was before.</summary>
    public bool TryMakeReady()
    {
        bool isFirst = !IsReady;
        IsReady = true;
        return isFirst;
    }

    /// <summary>Sets the handler of an existing signal; replaces one that it had.</summary>
    /// <param name="signal">What is handled.</param>
    /// <param name="handler">Where; not 0.</param>
    public void Handle(SignalCode signal, VirtualAddress handler)
    {
        if (_handlers.Length == 0)
            _handlers = new VirtualAddress[Signals];
        _handlers[IndexOf(signal)] = handler;
    }

    /// <summary>Handles what another process does, and is ready if that is.</summary>
    public void CopyHandlers(SignalTable from)
    {
        IsReady = from.IsReady;
        _handlers = [.. from._handlers];
    }

    /// <summary>Takes the handler of an existing signal away; false if it has none.</summary>
    public bool TryUnhandle(SignalCode signal)
    {
        if (!TryGetHandler(signal, out _))
            return false;
        _handlers[IndexOf(signal)] = default;
        return true;
    }

    /// <summary>Finds the handler of an existing signal.</summary>
    public bool TryGetHandler(SignalCode signal, out VirtualAddress handler)
    {
        handler = _handlers.Length == 0 ? default : _handlers[IndexOf(signal)];
        return handler != default;
    }

    /// <summary>
    /// Keeps a signal until it can be told, unless the process is ready and does not handle it.
    /// </summary>
    public SendOutcome Send(Signal signal, SignalSender sender = SignalSender.Inside)
    {
        if (IsReady && !TryGetHandler(signal.Code, out _))
        {
            return DefaultOf(signal.Code) == SignalDefault.Kill
                ? SendOutcome.Killed
                : SendOutcome.Ignored;
        }
        if (_queue is not { } queue || !TryCharge(queue, sender))
            return SendOutcome.Refused;
        bool isAdded = queue.TryAdd(signal);
        Ensure.That(isAdded, "a queue that is not full takes a signal");
        return SendOutcome.Kept;
    }

    /// <summary>
    /// The process has ended: nothing is told any more, and nothing handled or charged.
    /// </summary>
    /// <returns>The queue, which nobody has any more.</returns>
    public SignalQueue End()
    {
        SignalQueue queue = _queue!;
        _purse.Return(Resource.QueuedSignals, (ulong)queue.Count);
        _queue = null;
        _handlers = [];
        IsReady = false;
        return queue;
    }

    /// <summary>Whether sending a signal would not be refused.</summary>
    public bool CanSend(SignalCode signal, SignalSender sender = SignalSender.Inside)
    {
        if (IsReady && !TryGetHandler(signal, out _))
            return true;
        bool hasRoom = _queue is { } queue && TryCharge(queue, sender);
        if (hasRoom)
            _purse.Return(Resource.QueuedSignals, 1);
        return hasRoom;
    }

    /// <summary>How many signals wait.</summary>
    public int Waiting => _queue?.Count ?? 0;

    /// <summary>
    /// Chooses what the thread that runs handlers is told of its own fault. That does not wait for
    /// the end of a handler, which would never come: a fault in the handler of a fault is a
    /// HANDLER_FAULT, and one in the handler of that is told nobody.
    /// </summary>
    /// <param name="fault">The MEM_FAULT.</param>
    /// <param name="within">What is handled already; null if nothing.</param>
    /// <param name="told">What to tell.</param>
    /// <param name="handler">Where.</param>
    /// <returns>False if the process is to be ended.</returns>
    public bool TryChoose(
        in Signal fault, SignalCode? within, out Signal told, out VirtualAddress handler)
    {
        handler = default;
        told = within == SignalCode.MemFault
            ? new Signal(SignalCode.HandlerFault, (ulong)SignalCode.MemFault)
            : fault;
        return IsReady && within != SignalCode.HandlerFault
            && TryGetHandler(told.Code, out handler);
    }

    /// <summary>Takes the oldest signal, if one may be told.</summary>
    public bool TryTake(out Signal signal)
    {
        signal = default;
        if (!IsReady || _queue is not { } queue || !queue.TryTake(out signal))
            return false;
        _purse.Return(Resource.QueuedSignals, 1);
        return true;
    }

    private bool TryCharge(SignalQueue queue, SignalSender sender)
    {
        int most = sender == SignalSender.Inside
            ? SignalQueue.Capacity
            : SignalQueue.CapacityForOutside;
        return queue.Count < most && _purse.TryTake(Resource.QueuedSignals, 1);
    }

    private static int IndexOf(SignalCode signal) => signal switch
    {
        SignalCode.HandlerFault => 0,
        SignalCode.MemFault => 1,
        SignalCode.ReadBackedAms => 2,
        SignalCode.WriteBackedAms => 3,
        SignalCode.RecvSharedAms => 4,
        SignalCode.UnsharedAms => 5,
        SignalCode.Terminate => 6,
        SignalCode.WillTerminate => 7,
        _ => NoSuchSignal,
    };
}
