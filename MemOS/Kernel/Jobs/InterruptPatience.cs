namespace MemOS.Jobs;

/// <summary>What is to be done about Ctrl-C.</summary>
internal enum InterruptAction : byte
{
    /// <summary>Nothing, or nothing yet.</summary>
    None,

    /// <summary>The processes that handle TERMINATE are told.</summary>
    Tell,

    /// <summary>The job ends.</summary>
    End,
}

/// <summary>
/// How long a job that was interrupted by Ctrl-C has to end by itself or to say that it goes on,
/// and when it is ended although it does.
/// </summary>
internal struct InterruptPatience
{
    /// <summary>Nanoseconds that a job has to answer.</summary>
    internal const ulong Patience = 2_000_000_000;

    // So many within the time are meant, whatever the job says.
    private const int MostPresses = 3;

    private ulong _first;
    private ulong _last;
    private int _presses;
    private bool _isAnswered;

    /// <summary>Ctrl-C was pressed.</summary>
    /// <param name="now">Nanoseconds since the start.</param>
    internal InterruptAction Press(ulong now)
    {
        if (now - _first >= Patience)
            _presses = 0;
        _presses++;
        bool isMeant = _presses == MostPresses || (_presses > 1 && !_isAnswered);
        if (isMeant)
        {
            this = default;
            return InterruptAction.End;
        }
        if (_presses == 1)
            _first = now;
        _last = now;
        _isAnswered = false;
        return InterruptAction.Tell;
    }

    /// <summary>The job goes on.</summary>
    internal void Answer() => _isAnswered = true;

    /// <summary>What the time asks for.</summary>
    /// <param name="now">Nanoseconds since the start.</param>
    internal InterruptAction Tick(ulong now)
    {
        if (_presses == 0 || _isAnswered || now - _last < Patience)
            return InterruptAction.None;
        this = default;
        return InterruptAction.End;
    }
}
