using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Fuzz;

/// <summary>
/// Keeps several workers going until they have made enough calls: starts another where one has
/// ended, and ends one now and then, whatever it is at.
/// </summary>
internal sealed class Supervisor : IDisposable
{
    private const int AtATime = 6;
    private const int CallsOfWorker = 4_000;
    private const int OpenMilliseconds = 10_000;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly ProcessId[] _workers = new ProcessId[AtATime];
    private readonly TimeSpan[] _started = new TimeSpan[AtATime];
    private readonly ulong _seed;
    private readonly Segment _segment;
    private readonly Board _board;
    private Chance _chance;
    private ulong _number;

    internal Supervisor(ulong seed)
    {
        _seed = seed;
        _chance = new Chance(seed);
        _segment = Segment.Capture(Memory.Allocate(Board.Bytes));
        _board = new Board(_segment.Original!.Start.Value);
    }

    /// <summary>How many calls were made.</summary>
    internal ulong Calls
    {
        get
        {
            ulong calls = 0;
            for (int slot = 0; slot < AtATime; slot++)
                calls += _board.CountOf(slot);
            return calls;
        }
    }

    /// <summary>How many workers there were.</summary>
    internal ulong Workers => _number;

    /// <summary>How many workers ended before they had made all of their calls.</summary>
    internal int EndedEarly { get; private set; }

    /// <summary>How many outcomes were seen: a code and an error.</summary>
    internal int Kinds => _board.Kinds();

    /// <summary>Has so many calls made.</summary>
    internal void Run(ulong calls)
    {
        while (Calls < calls)
        {
            for (int slot = 0; slot < AtATime; slot++)
                Look(slot);
        }
        for (int slot = 0; slot < AtATime; slot++)
        {
            if (_workers[slot] != default)
                Process.Kill(_workers[slot]);
        }
    }

    /// <summary>Gives the board up, after which nothing can be asked any more.</summary>
    public void Dispose() => _segment.Dispose();

    /// <summary>In a worker: opens the board and goes to work.</summary>
    internal static int Work(string segment, string slot, string seed)
    {
        if (!SegmentId.TryParse(segment, out SegmentId id))
            return 1;
        using Segment shared = Segment.Open(id, OpenMilliseconds);
        Board board = new(shared.Map().Start.Value);
        new Worker(board, int.Parse(slot), ulong.Parse(seed)).Run(CallsOfWorker);
        return 0;
    }

    private void Look(int slot)
    {
        ProcessId worker = _workers[slot];
        if (worker == default)
        {
            Start(slot);
            return;
        }
        bool hasEnded = Process.TryWait(worker, 1, out ProcessEnd end);
        if (!hasEnded && Clock.Uptime - _started[slot] < _longest && !_chance.OneIn(2_000))
            return;
        if (!hasEnded)
            end = Process.Kill(worker);
        EndedEarly += end.IsSuccess ? 0 : 1;
        _workers[slot] = default;
    }

    // There may be no memory for it at the moment.
    private void Start(int slot)
    {
        ErrorCode error = Process.TrySpawn(
            "fuzz", ["worker", _segment.Id.ToString(), $"{slot}", $"{_seed + (++_number << 16)}"],
            out ProcessId worker);
        if (error != ErrorCode.None)
        {
            Clock.Sleep(1);
            return;
        }
        _segment.TryShare(worker, SharingMode.Read | SharingMode.Write);
        _board.SetWorker(slot, worker.Value);
        _workers[slot] = worker;
        _started[slot] = Clock.Uptime;
    }
}
