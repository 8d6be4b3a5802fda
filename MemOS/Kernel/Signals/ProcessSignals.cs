using System.Diagnostics.CodeAnalysis;
using MemOS.Abi;
using MemOS.Backers;
using MemOS.Jobs;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Signals;

/// <summary>
/// The signals of a process: what it handles and what waits, the handlers that run, and the
/// threads that wait for one to make good their fault. Its first thread runs all handlers.
/// </summary>
/// <param name="purse">What is charged for them.</param>
internal sealed unsafe class ProcessSignals(Purse purse)
{
    // Any signal, in whose handler memory faults, in whose handler it faults again.
    private const int DeepestHandler = 3;

    private static readonly SignalQueuePool _queues = new();

    private SignalFrame[] _frames = [];
    private int _running;
    private Thread? _firstFaulted;
    private Thread? _lastFaulted;

    /// <summary>Handlers, readiness and queue.</summary>
    internal SignalTable Table { get; } = new(purse, _queues.Take());

    /// <summary>Who waits for the process to serve its segments.</summary>
    internal BackerQueue Requests { get; } = new();

    /// <summary>Whether the first thread has a handler to enter before it goes on.</summary>
    internal bool IsDue => _running == 0 && Table.IsReady
        && (Table.HasSignal || _firstFaulted is not null || Requests.First is not null);

    /// <summary>Whether a handler runs.</summary>
    internal bool IsHandling => _running != 0;

    /// <summary>What the innermost handler handles; only while one runs.</summary>
    internal SignalCode Handling => _frames[_running - 1].Signal;

    /// <summary>
    /// Sets a handler, and room aside so that entering it cannot fail. False: no memory.
    /// </summary>
    internal bool TryHandle(SignalCode signal, VirtualAddress handler)
    {
        if (_frames.Length == 0 && !TryMakeFrames())
            return false;
        Table.Handle(signal, handler);
        return true;
    }

    /// <summary>
    /// The signals of a copy of the process, which handles the same ones; what the process has not
    /// been told the copy never is, and no handler runs. Null: no memory.
    /// </summary>
    internal ProcessSignals? TryCopy(Purse purseOfCopy)
    {
        ProcessSignals copy = new(purseOfCopy);
        if (_frames.Length != 0 && !copy.TryMakeFrames())
        {
            copy.Release();
            return null;
        }
        copy.Table.CopyHandlers(Table);
        return copy;
    }

    /// <summary>Has a thread enter a handler.</summary>
    /// <param name="thread">The first thread, with all its registers in its context.</param>
    /// <param name="signal">What the handler is told.</param>
    /// <param name="faulted">Another thread, whose fault the signal tells of; or none.</param>
    /// <returns>The handler's registers, to be set.</returns>
    internal ThreadContext* Enter(Thread thread, SignalCode signal, Thread? faulted)
    {
        SignalFrame frame = _frames[_running++];
        frame.Faulted = faulted;
        return frame.Enter(thread, signal);
    }

    /// <summary>The innermost handler is done.</summary>
    /// <param name="thread">The first thread.</param>
    /// <returns>The other thread whose fault it was about; or none.</returns>
    internal Thread? Leave(Thread thread)
    {
        SignalFrame frame = _frames[--_running];
        frame.Leave(thread);
        Thread? faulted = frame.Faulted;
        frame.Faulted = null;
        return faulted;
    }

    /// <summary>Adds a thread that waits until its fault is made good.</summary>
    internal void AddFaulted(Thread thread)
    {
        if (_lastFaulted is null)
            _firstFaulted = thread;
        else
            _lastFaulted.NextFaulted = thread;
        _lastFaulted = thread;
    }

    /// <summary>Takes the thread that has waited longest.</summary>
    internal bool TryTakeFaulted([NotNullWhen(true)] out Thread? thread)
    {
        thread = _firstFaulted;
        if (thread is null)
            return false;
        _firstFaulted = thread.NextFaulted;
        if (_firstFaulted is null)
            _lastFaulted = null;
        thread.NextFaulted = null;
        return true;
    }

    /// <summary>
    /// Forgets the handlers that run, as their thread ends; each time gives a thread that waits
    /// for one of them, until there is none.
    /// </summary>
    internal Thread? AbandonNext()
    {
        while (_running != 0)
        {
            SignalFrame frame = _frames[--_running];
            frame.Backing.Forget();
            Thread? faulted = frame.Faulted;
            frame.Faulted = null;
            if (faulted is not null)
                return faulted;
        }
        return null;
    }

    /// <summary>
    /// The process has ended: all contexts go back, those in use too, and its queue.
    /// </summary>
    internal void Release()
    {
        foreach (SignalFrame frame in _frames)
        {
            frame.Backing.Forget();
            ContextPool.Return(frame.Context);
        }
        if (_frames.Length != 0)
            purse.Return(Resource.KernelBytes, Charges.HandlerBytes);
        _frames = [];
        _running = 0;
        _queues.Return(Table.End());
    }

    /// <summary>What is charged for handlers: for audits.</summary>
    internal ulong ChargedBytes => _frames.Length == 0 ? 0 : Charges.HandlerBytes;

    private bool TryMakeFrames()
    {
        if (!purse.TryTake(Resource.KernelBytes, Charges.HandlerBytes))
            return false;
        SignalFrame[] frames = new SignalFrame[DeepestHandler];
        for (int i = 0; i < DeepestHandler; i++)
        {
            ThreadContext* context = ContextPool.Create();
            if (context == null)
            {
                while (--i >= 0)
                    ContextPool.Return(frames[i].Context);
                purse.Return(Resource.KernelBytes, Charges.HandlerBytes);
                return false;
            }
            frames[i] = new SignalFrame(context);
        }
        _frames = frames;
        return true;
    }
}
