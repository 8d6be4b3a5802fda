using System;
using MemOS.Abi;
using MemOS.Userland.Syscalls;
using MemOS.Userland.Terminal;

namespace MemOS.Userland;

/// <summary>
/// Time, as the kernel tells it; <c>DateTime</c> and <c>Stopwatch</c> stand on this.
/// </summary>
public static class Clock
{
    /// <summary>Time since the machine was switched on.</summary>
    public static TimeSpan Uptime => new((long)UptimeTicks);

    /// <summary>Time since the machine was switched on, in units of 100 ns.</summary>
    internal static ulong UptimeTicks => Read().Value0 / 100;

    /// <summary>Time since 1 January 1970, UTC, in units of 100 ns.</summary>
    internal static ulong UnixTicks => Read().Value1 / 100;

    /// <summary>Lets others run for a time.</summary>
    /// <param name="milliseconds">How long; 0 hands the rest of the time slice over.</param>
    public static void Sleep(uint milliseconds)
    {
        ControlC.BeginWait();
        Syscall.Invoke(new ShortBlock(SyscallCode.Sleep, milliseconds));
        ControlC.EndWait();
    }

    private static SyscallResult Read() =>
        Syscall.Invoke(new PlainBlock(SyscallCode.ReadClock));
}
