using System;
using System.Runtime;
using System.Runtime.CompilerServices;

namespace MemOS.Bench;

/// <summary>Counts the instructions that something takes.</summary>
/// <remarks>
/// Under <c>qemu -icount shift=0</c> the time stamp counter advances by one fixed amount an
/// instruction, in user mode and in the kernel alike, so figures repeat exactly.
/// </remarks>
internal sealed class Counter
{
    private const ulong KnownInstructions = 1_000_000;

    private readonly double _ticksPerInstruction;

    /// <summary>A counter held against a known number of instructions.</summary>
    internal Counter()
    {
        ulong start = Read();
        RunInstructions(KnownInstructions);
        _ticksPerInstruction = (Read() - start) / (double)KnownInstructions;
    }

    /// <summary>Whether a tick is an instruction; else figures are time, and vary.</summary>
    internal bool CountsInstructions => Math.Abs(_ticksPerInstruction - 1) < 0.01;

    /// <summary>Instructions of one repetition: the mean, without the loop around it.</summary>
    /// <param name="repetitions">How often to do it.</param>
    /// <param name="work">What to measure; it is done a few times beforehand.</param>
    internal ulong Measure(int repetitions, Action work)
    {
        for (int i = 0; i < 4; i++)
            work();
        ulong whole = Ticks(repetitions, work);
        ulong loop = Ticks(repetitions, static () => { });
        return (ulong)((whole - loop) / _ticksPerInstruction / repetitions);
    }

    /// <summary>Instructions of something that can be done only once.</summary>
    internal ulong MeasureOnce(Action work)
    {
        ulong whole = Ticks(1, work);
        return (ulong)((whole - Ticks(1, static () => { })) / _ticksPerInstruction);
    }

    /// <summary>Instructions that so many ticks stand for.</summary>
    internal ulong InstructionsFor(ulong ticks) => (ulong)(ticks / _ticksPerInstruction);

    private static ulong Ticks(int repetitions, Action work)
    {
        ulong start = Read();
        for (int i = 0; i < repetitions; i++)
            work();
        return Read() - start;
    }

    /// <summary>The counter itself.</summary>
    [RuntimeImport("*", "BenchReadCounter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Read();

    [RuntimeImport("*", "BenchRunInstructions")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    private static extern void RunInstructions(ulong count);
}
