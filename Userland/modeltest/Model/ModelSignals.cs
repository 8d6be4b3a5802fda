using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Modeltest.Peers;
using MemOS.Userland;

namespace MemOS.Modeltest.Model;

/// <summary>What a process should be told.</summary>
internal sealed class ModelSignals
{
    private readonly HashSet<SignalCode> _handled = [];
    private readonly List<Signal> _waiting = [];
    private readonly List<Signal> _due = [];

    /// <summary>How many came to all processes.</summary>
    internal static int Told { get; private set; }

    /// <summary>How many of them came late.</summary>
    internal static int Late { get; private set; }

    internal bool IsReady { get; private set; }

    /// <summary>Whether it can be told of a share.</summary>
    internal bool HasRoom => IsReady || _waiting.Count < Box.Signals;

    internal bool IsHandled(SignalCode code) => _handled.Contains(code);

    internal void Send(Signal signal)
    {
        if (!IsReady && HasRoom)
            _waiting.Add(signal);
        else if (IsReady && IsHandled(signal.Code))
            _due.Add(signal);
    }

    internal void Handle(SignalCode code)
    {
        _handled.Add(code);
        if (!IsReady)
            MakeReady();
    }

    /// <summary>What a copy of the process has: nothing that waits.</summary>
    internal ModelSignals Copy()
    {
        ModelSignals copy = new() { IsReady = IsReady };
        copy._handled.UnionWith(_handled);
        return copy;
    }

    internal bool Unhandle(SignalCode code) => _handled.Remove(code);

    /// <summary>What waited is told now, as far as it is handled.</summary>
    internal void MakeReady()
    {
        IsReady = true;
        _due.AddRange(_waiting.FindAll(s => IsHandled(s.Code)));
        _waiting.Clear();
    }

    /// <summary>
    /// The process has just done something, so all signals have come; in any order, as one event
    /// can have several. Seldom one comes only with the next thing that it does: such are counted.
    /// </summary>
    internal void Compare(Peer peer)
    {
        Take(peer);
        if (_due.Count == 0)
            return;
        int missing = _due.Count;
        ErrorCode error = peer.Begin(SyscallCode.GetPid).Send();
        Check.Equal("GET_PID", ErrorCode.None, error);
        Take(peer);
        if (_due.Count != 0)
            Check.Fail($"the signal {_due[0]} does not come");
        Late += missing;
    }

    private void Take(Peer peer)
    {
        while (peer.TryTakeSignal(out Signal come))
        {
            if (!_due.Remove(come))
                Check.Fail($"the signal {come} is not due");
            Told++;
        }
    }
}
