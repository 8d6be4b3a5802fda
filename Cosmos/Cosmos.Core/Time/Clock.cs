using System;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Time;

/// <summary>
/// Monotonic time from the processor's time stamp counter, measured once against the PIT, and
/// wall-clock time from the real-time clock. Needs no interrupts.
/// </summary>
public static class Clock
{
    private const ulong TicksPerSecond = 10_000_000;
    private const ulong TicksPerMillisecond = 10_000;
    private const int Calibrations = 5;
    private const int CalibrationMilliseconds = 2;

    private static ulong _start;
    private static ulong _frequency;
    private static ulong _bootTime;

    // Ticks for 2^32 counts, so that no division is needed.
    private static ulong _ticksPerCount;

    /// <summary>Counts of the time stamp counter in a second.</summary>
    public static ulong Frequency
    {
        get
        {
            if (_frequency == 0)
                Prepare();
            return _frequency;
        }
    }

    /// <summary>Time since the clock was first asked, in units of 100 ns.</summary>
    public static ulong Ticks()
    {
        if (_frequency == 0)
            Prepare();
        ulong counts = Instruction.ReadTimestamp() - _start;
        // The product by halves, as one of 128 bits is not one instruction in baseline code.
        return ((counts >> 32) * _ticksPerCount)
            + (((counts & uint.MaxValue) * _ticksPerCount) >> 32);
    }

    /// <summary>Time since 1 January 1970 UTC, in units of 100 ns.</summary>
    public static ulong UnixTicks() => Ticks() + _bootTime;

    /// <summary>Lets time pass, asleep if interrupts are on.</summary>
    public static void Wait(uint milliseconds)
    {
        const ulong InterruptFlag = 1 << 9;
        ulong end = Ticks() + milliseconds * TicksPerMillisecond;
        bool canSleep = (Instruction.ReadFlags() & InterruptFlag) != 0 && PIT.IsTicking;
        while (Ticks() < end)
        {
            if (canSleep)
                Instruction.Halt();
        }
    }

    private static void Prepare()
    {
        _start = Instruction.ReadTimestamp();
        // Whoever stops the machine meanwhile, a hypervisor or firmware, only ever adds counts.
        ulong counts = ulong.MaxValue;
        for (int i = 0; i < Calibrations; i++)
            counts = Math.Min(counts, Calibrate());
        // A counter that stands still would divide by zero below.
        _frequency = Math.Max(counts, 1) * (1000 / CalibrationMilliseconds);
        // Below 2^32, as a counter runs faster than the ticks.
        _ticksPerCount = Math.Min((TicksPerSecond << 32) / _frequency, uint.MaxValue);
        _bootTime = RTC.ReadUnixSeconds() * TicksPerSecond;
    }

    private static ulong Calibrate()
    {
        ulong before = Instruction.ReadTimestamp();
        PIT.Delay(CalibrationMilliseconds);
        return Instruction.ReadTimestamp() - before;
    }
}
