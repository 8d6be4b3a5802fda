using Cosmos.Core;

namespace Cosmos.System;

/// <summary>The machine's power switch.</summary>
public static class Power
{
    /// <summary>Switches the machine off; where that is impossible, halts it.</summary>
    public static void Shutdown()
    {
        ACPI.Shutdown();
        global::System.Console.WriteLine("It is now safe to switch the machine off.");
        while (true)
        {
            CPU.DisableInterrupts();
            CPU.Halt();
        }
    }

    /// <summary>Restarts the machine.</summary>
    public static void Reboot() => ACPI.Reboot();

    /// <summary>Restarts the machine, as gen2 names it.</summary>
    public static void CPUReboot() => ACPI.Reboot();
}
