using System;
using System.Runtime.InteropServices;
using System.Threading;
using MemOS.Abi;
using MemOS.Userland;
using MemOS.Userland.Text;

namespace MemOS.Jobs;

/// <summary>A program that makes more and more of something, and keeps the processor busy.
/// </summary>
/// <param name="Name">What it is called, and the argument that makes this program it.</param>
/// <param name="Limits">What its job may have.</param>
/// <param name="Limit">What it may have of what it makes.</param>
/// <param name="Slack">How much of that may be too little for one more.</param>
/// <param name="Count">What a job has of it.</param>
/// <param name="Tell">That in words.</param>
/// <param name="Make">Makes one more, or says why not.</param>
internal sealed record Bomb(
    string Name, JobLimits Limits, ulong Limit, ulong Slack, Func<JobUsage, ulong> Count,
    Func<ulong, string> Tell, Func<ErrorCode> Make)
{
    private const int PieceBytes = 64 << 10;
    private const int StackBytes = 16 << 10;
    private const ulong Processes = 3;
    private const ulong Bytes = 3 << 20;
    private const ulong Threads = 32;
    private const ulong Segments = 64;

    // Where threads wait for it.
    private static Pages? _gate;

    /// <summary>All of them.</summary>
    internal static readonly Bomb[] All =
    [
        new("fork", new JobLimits { Processes = Processes }, Processes, 0,
            usage => usage.Processes, count => $"{count} processes",
            static () => Process.TryCopy(out _)),
        new("memory", new JobLimits { CommittedBytes = Bytes }, Bytes, PieceBytes,
            usage => usage.CommittedBytes, Sizes.Of, Allocate),
        new("threads", new JobLimits { Threads = Threads }, Threads, 0,
            usage => usage.Threads, count => $"{count} threads", StartThread),
        new("segments", new JobLimits { Segments = Segments }, Segments, 0,
            usage => usage.Segments, count => $"{count} segments", MakeSegment),
    ];

    /// <summary>In the child: makes as many as it can, tells the error, and spins.</summary>
    /// <param name="board">Where it tells it.</param>
    /// <param name="line">Its line there.</param>
    internal void Explode(Board board, int line)
    {
        ErrorCode error;
        do
            error = Make();
        while (error == ErrorCode.None);
        Volatile.Write(ref board[line], (ulong)error);
        if (_gate is not null)
            Open(_gate);
        Spin();
    }

    private static ErrorCode Allocate() => Memory.TryAllocate(
        PieceBytes, MemoryRights.ReadWrite, ZeroFirst.Yes, out _);

    // None spins before there are all: their maker would have its turn too seldom.
    private static ErrorCode StartThread()
    {
        _gate ??= Memory.Allocate(Memory.PageBytes);
        return Try(static () => StartThread(_gate));
    }

    private static unsafe void StartThread(Pages gate) =>
        NativeThread.Start(&WaitAndSpin, gate.Start.Value, StackBytes);

    private static void Open(Pages gate)
    {
        gate[0] = 1;
        MemoryWord.Wake(gate.Start, (int)Threads);
    }

    private static ErrorCode MakeSegment() => Try(
        static () => Segment.Capture(Memory.Allocate(Memory.PageBytes)));

    private static ErrorCode Try(Action make)
    {
        try
        {
            make();
            return ErrorCode.None;
        }
        catch (MemOsException exception)
        {
            return exception.Error;
        }
    }

    [UnmanagedCallersOnly]
    private static uint WaitAndSpin(ulong gate)
    {
        MemoryWord.Wait(new Address(gate), 0);
        Spin();
        return 0;
    }

    private static void Spin()
    {
        while (true)
        {
            // For as long as it is let.
        }
    }
}
