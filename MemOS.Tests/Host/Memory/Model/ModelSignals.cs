using System.Collections.Generic;
using MemOS.Abi;
using MemOS.Memory.Accounts;
using MemOS.Memory.Addresses;
using MemOS.Memory.Signals;

namespace MemOS.Tests.Host.Memory.Model;

/// <summary>What a process handles and has not been told, as it should be and as it is.</summary>
internal sealed class ModelSignals
{
    /// <summary>Most that wait.</summary>
    public const int Room = 64;

    public SignalTable Real { get; } =
        new(new Purse(new Account(null, ResourceAmounts.Unlimited)));

    public Dictionary<SignalCode, VirtualAddress> Handlers { get; } = [];

    public bool IsReady { get; set; }

    /// <summary>What waits, the oldest first.</summary>
    public Queue<Signal> Waiting { get; } = [];

    /// <summary>What is being handled, the innermost handler on top.</summary>
    public Stack<SignalCode> Running { get; } = [];

    /// <summary>Whether it gets a signal's default and not the signal.</summary>
    public bool Ignores(SignalCode code) => IsReady && !Handlers.ContainsKey(code);

    /// <summary>A copy handles the same, and has not been told anything.</summary>
    public ModelSignals Copy()
    {
        ModelSignals copy = new() { IsReady = IsReady };
        foreach ((SignalCode code, VirtualAddress handler) in Handlers)
        {
            copy.Handlers.Add(code, handler);
        }

        copy.Real.CopyHandlers(Real);
        return copy;
    }
}
