using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Jobs;

/// <summary>
/// The jobs of the demo, below one that ends them all: one with a program that only counts, and
/// beside it one with all bombs, each in a job below that.
/// </summary>
internal sealed class Tree : IDisposable
{
    /// <summary>The argument that makes this program the one that only counts.</summary>
    internal const string Pace = "pace";

    /// <summary>The line of the one that only counts.</summary>
    internal static readonly int PaceLine = Bomb.All.Length;

    private const string Program = "jobs";
    private const uint LongestWait = 10_000;
    private const uint Step = 10;

    private readonly ProcessId?[] _children = new ProcessId?[Bomb.All.Length + 1];
    private readonly Job _top = Job.Create();
    private readonly Segment _segment = Segment.Capture(Memory.Allocate(Memory.PageBytes));
    private readonly Board _board;

    /// <summary>The jobs, with no program in them.</summary>
    internal Tree()
    {
        _board = Board.Of(_segment);
        Lone = _top.CreateBelow();
        Bombs = _top.CreateBelow(Limits);
        Each = Array.ConvertAll(Bomb.All, bomb => Bombs.CreateBelow(bomb.Limits));
    }

    /// <summary>What all bombs together may have.</summary>
    internal static JobLimits Limits { get; } = new() { Processes = 16 };

    /// <summary>The job of the program that only counts.</summary>
    internal Job Lone { get; }

    /// <summary>The job above those of the bombs.</summary>
    internal Job Bombs { get; }

    /// <summary>The jobs of the bombs.</summary>
    internal Job[] Each { get; }

    /// <summary>How far the program that only counts got.</summary>
    internal ulong Rounds => _board.Read(PaceLine);

    /// <summary>What stopped a bomb; None while nothing has.</summary>
    internal ErrorCode ErrorOf(int bomb) => (ErrorCode)_board.Read(bomb);

    /// <summary>How many processes there are in the jobs of the bombs.</summary>
    internal int CountProcesses() => Array.FindAll(
        Process.List(), one => Array.Exists(Each, job => job.Id == one.Job)).Length;

    /// <summary>Starts a program in each job, and waits until all bombs reached their limits.
    /// </summary>
    /// <returns>NoMemory if there is too little for so many programs.</returns>
    internal ErrorCode Start()
    {
        ErrorCode error = Start(PaceLine, Pace, Lone);
        for (int i = 0; i < Each.Length && error == ErrorCode.None; i++)
            error = Start(i, Bomb.All[i].Name, Each[i]);
        for (uint waited = 0; waited < LongestWait && error == ErrorCode.None; waited += Step)
        {
            if (HaveAllTold())
                break;
            Clock.Sleep(Step);
        }
        return error;
    }

    /// <summary>Ends all that is left.</summary>
    public void Dispose()
    {
        _top.End();
        foreach (ProcessId? child in _children)
        {
            if (child is ProcessId started)
                Process.Wait(started);
        }
        _segment.Dispose();
    }

    private bool HaveAllTold()
    {
        bool haveTold = true;
        for (int line = 0; line <= PaceLine; line++)
            haveTold &= _board.Read(line) != 0;
        return haveTold;
    }

    private ErrorCode Start(int line, string word, Job job)
    {
        ErrorCode error = Process.TrySpawn(Program, [word], job, out ProcessId child);
        if (error != ErrorCode.None)
            return error;
        _children[line] = child;
        _segment.Share(child, SharingMode.Read | SharingMode.Write);
        return ErrorCode.None;
    }
}
