using Cosmos.Core;
using MemOS.Audit;
using MemOS.Consoles;
using MemOS.Hardware;
using MemOS.Jobs;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Devices;

/// <summary>What devices ask for, by the lines of the interrupt controllers.</summary>
internal static class Interrupts
{
    private const byte KeyboardLine = 1;
    private const byte SerialLine = 4;

    /// <summary>Lets the devices in that there is a handler for.</summary>
    internal static void Start()
    {
        PIC.Remap((byte)Vector.FirstLine);
        Timer.Start();
        SystemConsole.Start();
        PIC.Unmask(KeyboardLine);
        PIC.Unmask(SerialLine);
    }

    /// <summary>Handles one interrupt.</summary>
    internal static void Handle(Vector vector)
    {
        byte line = (byte)(vector - Vector.FirstLine);
        if (PIC.IsSpurious(line))
            return;
        ConsoleInput input = SystemConsole.Input;
        switch (line)
        {
            case Timer.Line:
                input.OnTick();
                // All that the time changes comes with a tick after an audit.
                if (!MachineAudit.IsUnderWay)
                    OnTick();
                Cpu.RequestEmptyStackWork();
                SystemConsole.ContinueLine();
                break;
            case KeyboardLine:
                input.OnKeyboardInterrupt();
                break;
            case SerialLine:
                input.OnSerialInterrupt();
                SystemConsole.ContinueLine();
                break;
        }
        ForegroundJob.WakeReader();
        PIC.Acknowledge(line);
    }

    private static void OnTick()
    {
        Scheduler.OnTick();
        ConsoleInterrupt.OnTick();
        JobEnds.OnTick();
    }
}
