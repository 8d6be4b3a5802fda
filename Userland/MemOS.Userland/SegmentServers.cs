using System;
using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>Which of this program's segments a backer's signal is about.</summary>
internal static class SegmentServers
{
    // Replaced as a whole, as a request may come at any time.
    private static Server[] _all = [];

    private sealed record Server(SegmentId Segment, Func<Signal, SignalAnswer> Serve);

    /// <summary>From here on requests for a segment are answered.</summary>
    internal static void Add(SegmentId segment, Func<Signal, SignalAnswer> serve)
    {
        _all = [.. _all, new Server(segment, serve)];
        if (!Signals.IsHandled(SignalCode.ReadBackedAms))
            Signals.Serve(SignalCode.ReadBackedAms, Answer);
        if (!Signals.IsHandled(SignalCode.WriteBackedAms))
            Signals.Serve(SignalCode.WriteBackedAms, Answer);
    }

    /// <summary>What others still ask of it is out of range.</summary>
    internal static void Remove(SegmentId segment) =>
        _all = Array.FindAll(_all, one => one.Segment != segment);

    private static SignalAnswer Answer(Signal signal)
    {
        foreach (Server one in _all)
        {
            if (one.Segment.Value == signal.First)
                return one.Serve(signal);
        }
        return new SignalAnswer(BackerAnswer.OutOfRange, 0);
    }
}
