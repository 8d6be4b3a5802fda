using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>What a process should be told.</summary>
/// <param name="peer">The real one.</param>
internal sealed class ModelSignals(Peer peer)
{
    private readonly HashSet<SignalCode> _handled = [];
    private readonly List<Signal> _waiting = [];

    // With the number of orders that the process had when the signal was sent.
    private readonly List<(Signal Signal, uint Orders)> _due = [];

    /// <summary>How many came to all processes.</summary>
    internal static int Told { get; private set; }

    internal bool IsReady { get; private set; }

    /// <summary>Whether it can be told of a share.</summary>
    internal bool HasRoom => IsReady || _waiting.Count < Box.Signals;

    internal bool IsHandled(SignalCode code) => _handled.Contains(code);

    internal void Send(Signal signal)
    {
        if (!IsReady && HasRoom)
            _waiting.Add(signal);
        else if (IsReady && IsHandled(signal.Code))
            _due.Add((signal, peer.Orders));
    }

    internal void Handle(SignalCode code)
    {
        _handled.Add(code);
        if (!IsReady)
            MakeReady();
    }

    /// <summary>What a copy of the process has: nothing that waits.</summary>
    internal ModelSignals Copy(Peer copied)
    {
        ModelSignals copy = new(copied) { IsReady = IsReady };
        copy._handled.UnionWith(_handled);
        return copy;
    }

    internal bool Unhandle(SignalCode code) => _handled.Remove(code);

    /// <summary>What waited is told now, as far as it is handled.</summary>
    internal void MakeReady()
    {
        IsReady = true;
        foreach (Signal signal in _waiting.FindAll(s => IsHandled(s.Code)))
            _due.Add((signal, peer.Orders - 1));
        _waiting.Clear();
    }

    /// <summary>
    /// What was sent before the last thing that the process did has come; in any order, as one
    /// event can have several. What was sent since comes with the next thing that it does.
    /// </summary>
    internal void Compare()
    {
        Take();
        if (_due.Count == 0)
            return;
        Refute(_due.FindIndex(due => due.Orders < peer.Orders));
        ErrorCode error = peer.Begin(SyscallCode.GetPid).Send();
        Check.Equal("GET_PID", ErrorCode.None, error);
        Take();
        Refute(_due.Count - 1);
    }

    private void Refute(int missing)
    {
        if (missing >= 0)
            Check.Fail($"the signal {_due[missing].Signal} does not come");
    }

    private void Take()
    {
        while (peer.TryTakeSignal(out Signal come))
        {
            int index = _due.FindIndex(due => due.Signal == come);
            if (index < 0)
                Check.Fail($"the signal {come} is not due");
            _due.RemoveAt(index);
            Told++;
        }
    }
}
