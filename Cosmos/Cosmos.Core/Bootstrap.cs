using Cosmos.Core.Memory;
using Cosmos.Core.Time;

namespace Cosmos.Core;

/// <summary>Brings up the hardware that a plain kernel stands on.</summary>
public static class Bootstrap
{
    private const uint TicksPerSecond = 100;

    /// <summary>Starts interrupts and the timer's tick, and learns how to switch off.</summary>
    public static void Init()
    {
        IdentityMap.SealTypes();
        ACPI.Start();
        INTs.Start();
        PIT.StartTicking(TicksPerSecond);
    }
}
