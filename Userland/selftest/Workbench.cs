using System;
using MemOS.Abi;

namespace MemOS.Selftest;

/// <summary>What every group of checks works with.</summary>
internal sealed class Workbench
{
    private readonly Snapshot _snapshot = new();

    internal Checks Checks { get; } = new("selftest");

    internal Caller Caller { get; } = new();

    internal Grounds Grounds { get; } = new();

    /// <summary>A number that is another one when something has changed.</summary>
    internal ulong Look() => _snapshot.Take();

    /// <summary>Begins a call's block.</summary>
    internal Caller Begin(SyscallCode code) => Caller.Begin(code);

    /// <summary>The call that was begun fails in this way, and changes nothing.</summary>
    internal void Refuses(string name, ErrorCode error) =>
        Refuses(name, error, Caller, static caller => caller.Send());

    /// <summary>The call fails in this way, from wherever its block lies.</summary>
    internal void RefusesFrom(string name, ErrorCode error, ulong block) => Refuses(
        name, error, (Caller, block), static call =>
            call.Caller.SendFrom(call.block, SyscallConvention.Marker));

    /// <summary>The call, made in this way, fails so and changes nothing.</summary>
    internal void Refuses<T>(string name, ErrorCode error, T with, Func<T, ErrorCode> send)
    {
        ulong before = Look();
        ErrorCode given = send(with);
        bool isUnchanged = Caller.HasKept && Look() == before;
        if (isUnchanged || given != error)
            Checks.Equal(name, (ulong)error, (ulong)given);
        else
            Checks.That(name, "it changes something", false);
    }

    /// <summary>The call that was begun succeeds.</summary>
    internal void Accepts(string name) => Gives(name, ErrorCode.None);

    /// <summary>The call that was begun gives this, with its registers kept.</summary>
    internal void Gives(string name, ErrorCode error)
    {
        Checks.Equal(name, (ulong)error, (ulong)Caller.Send());
        if (!Caller.HasKept)
            Checks.That(name, "it does not keep the registers", false);
    }
}
