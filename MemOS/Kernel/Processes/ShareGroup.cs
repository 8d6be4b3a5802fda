using System;
using System.Runtime.CompilerServices;

namespace MemOS.Processes;

/// <summary>
/// Shares that get the processor in turn, as often as their group gets it: stride scheduling
/// (Waldspurger and Weihl, 1995). The one whose virtual time is least is next.
/// </summary>
/// <param name="weight">How much it gets beside others, in proportion; at least 1.</param>
internal sealed class ShareGroup(ulong weight) : Share(weight)
{
    // A slice ends at a tick: it is never twice as long.
    private const ulong LongestDebt = 2 * ShareTree.Slice;

    private readonly KeyQueue _ready = new();

    // The one that was chosen last. Whether it runs is kept apart, as a reference is dearer to
    // store than a flag, and each switch of threads stops one and chooses another.
    private Share? _chosen;
    private bool _isChosenRunning;

    // The virtual time of the one chosen last: who slept has no claim to what was before.
    private ulong _turn;

    // Where those begin that come new: whoever ends and is made again has won nothing.
    private ulong _floor;

    /// <summary>The one that has the processor, or is the way to it; null if none has.</summary>
    internal Share? Running => _isChosenRunning ? _chosen : null;

    /// <summary>Whether there is another one beside the one that runs.</summary>
    internal bool HasReady => _ready.First is not null;

    /// <summary>Whether none runs and none would.</summary>
    internal bool IsIdle => !_isChosenRunning && _ready.First is null;

    /// <summary>Takes one in that has never run, and does not ask for the processor yet.</summary>
    /// <param name="share">It belongs to no group.</param>
    /// <param name="maker">
    /// Who made it: if of this group, what that one has used counts for the new one too.
    /// </param>
    /// <param name="now">Nanoseconds since the start.</param>
    internal void Begin(Share share, Share? maker, ulong now)
    {
        share.Group = this;
        ulong key = maker is not null && maker.Group == this
            ? Math.Max(_floor, maker.KeyAt(now))
            : _floor;
        // What a weak one has used is a long time for a strong one.
        share.Key = Math.Min(key, _turn + (LongestDebt / share.Weight));
    }

    /// <summary>Lets one go for good that neither runs nor is ready.</summary>
    internal void End(Share share)
    {
        _floor = Math.Max(_floor, share.Key);
        if (_chosen == share)
            _chosen = null;
    }

    /// <summary>Adds one that waited: it begins no earlier than others are now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Wake(Share share) => _ready.Add(share, Math.Max(share.Key, _turn));

    /// <summary>Takes out one that is ready.</summary>
    internal void Withdraw(Share share) => _ready.Remove(share);

    /// <summary>Has the next one run; none runs.</summary>
    /// <returns>That one; null if none is ready.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Share? TryChoose(ulong now)
    {
        if (_ready.First is not { } first)
            return null;
        // Only shares are ever added, and the check would cost as much as the choice.
        Share next = Unsafe.As<Share>(first);
        _ready.RemoveFirst();
        _turn = next.Key;
        next.Since = now;
        _chosen = next;
        _isChosenRunning = true;
        return next;
    }

    /// <summary>Stops the one that runs, which waits from now on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Stop(ulong now)
    {
        _chosen!.Charge(now);
        _isChosenRunning = false;
    }

    /// <summary>Stops the one that runs, which is ready as before.</summary>
    internal void PutBack(ulong now)
    {
        Stop(now);
        _ready.Add(_chosen!, _chosen!.Key);
    }

    /// <summary>Has the one that runs go on as if it had been chosen now.</summary>
    internal void Renew(ulong now)
    {
        Share share = _chosen!;
        share.Charge(now);
        share.Since = now;
        _turn = share.Key;
    }
}
