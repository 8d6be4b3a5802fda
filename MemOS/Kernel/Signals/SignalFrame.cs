using MemOS.Abi;
using MemOS.Backers;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Signals;

/// <summary>
/// What a handler interrupted, kept in the kernel, where the program cannot touch it. While it
/// keeps nothing it has a context that the next handler runs in.
/// </summary>
internal sealed unsafe class SignalFrame(ThreadContext* context)
{
    private CallProgress _call;
    private BackerWait _backing = new();

    /// <summary>What the handler handles; meaningless while none runs.</summary>
    internal SignalCode Signal { get; private set; }

    /// <summary>Another thread, which goes on when the handler has made good its fault.</summary>
    internal Thread? Faulted { get; set; }

    /// <summary>The interrupted context, or the one that is free.</summary>
    internal ThreadContext* Context { get; private set; } = context;

    /// <summary>What the interrupted thread wants of a backer.</summary>
    internal BackerWait Backing => _backing;

    /// <summary>Gives the thread the free context and keeps its own.</summary>
    /// <returns>What the handler runs in, with its x87 and SSE state as after a reset.</returns>
    internal ThreadContext* Enter(Thread thread, SignalCode signal)
    {
        Signal = signal;
        _call = thread.Call;
        thread.Call = default;
        Exchange(thread);
        ContextPool.ResetFpu(thread.Context);
        return thread.Context;
    }

    /// <summary>Gives the thread back what it had.</summary>
    internal void Leave(Thread thread)
    {
        thread.Call = _call;
        Exchange(thread);
    }

    private void Exchange(Thread thread)
    {
        ThreadContext* context = thread.Context;
        thread.Context = Context;
        Context = context;
        BackerWait backing = thread.Backing;
        thread.Backing = _backing;
        thread.Backing.Thread = thread;
        _backing = backing;
    }
}
