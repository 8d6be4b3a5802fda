using Cosmos.Core;
using Cosmos.Core.Time;

namespace MemOS.Devices;

/// <summary>Time, and the tick that ends time slices.</summary>
internal static class Timer
{
    /// <summary>The interrupt line of the PIT.</summary>
    internal const byte Line = 0;

    private const uint TicksPerSecond = 250;
    private const ulong NanosecondsPerTick = 100;

    /// <summary>Nanoseconds since the start.</summary>
    internal static ulong Now => Clock.Ticks() * NanosecondsPerTick;

    /// <summary>Nanoseconds since 1 January 1970, UTC.</summary>
    internal static ulong UnixNow => Clock.UnixTicks() * NanosecondsPerTick;

    /// <summary>Starts the tick.</summary>
    internal static void Start() => PIT.StartTicking(TicksPerSecond);
}
