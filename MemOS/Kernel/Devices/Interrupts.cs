using Cosmos.Core;
using MemOS.Consoles;
using MemOS.Hardware;
using MemOS.Processes;
using MemOS.Traps;

namespace MemOS.Devices;

/// <summary>What devices ask for, by the lines of the interrupt controllers.</summary>
internal static class Interrupts
{
    private const byte KeyboardLine = 1;
    private const byte SerialLine = 4;

    private static ConsoleInput? _input;

    /// <summary>Lets the devices in that there is a handler for.</summary>
    internal static void Start(ConsoleInput input)
    {
        _input = input;
        PIC.Remap((byte)Vector.FirstLine);
        Timer.Start();
        input.Start();
        PIC.Unmask(KeyboardLine);
        PIC.Unmask(SerialLine);
    }

    /// <summary>Handles one interrupt; it never allocates.</summary>
    internal static void Handle(Vector vector)
    {
        byte line = (byte)(vector - Vector.FirstLine);
        if (PIC.IsSpurious(line))
            return;
        switch (line)
        {
            case Timer.Line:
                Scheduler.OnTick();
                Cpu.RequestEmptyStackWork();
                break;
            case KeyboardLine:
                _input!.OnKeyboardInterrupt();
                break;
            case SerialLine:
                _input!.OnSerialInterrupt();
                break;
        }
        if (line is KeyboardLine or SerialLine)
            ProcessTable.Instance.WakeReaders();
        PIC.Acknowledge(line);
    }
}
