using Cosmos.Core;

namespace Cosmos.System;

/// <summary>A keyboard behind an 8042 controller, sending scan codes of set 1.</summary>
/// <param name="dataPort">The controller's data port, on a PC 0x60.</param>
/// <param name="commandPort">The controller's status and command port, on a PC 0x64.</param>
public sealed class PS2Keyboard(ushort dataPort, ushort commandPort)
{
    /// <summary>The data port on a PC.</summary>
    public const ushort PcDataPort = 0x60;

    /// <summary>The command port on a PC.</summary>
    public const ushort PcCommandPort = 0x64;

    /// <summary>The interrupt line on a PC.</summary>
    public const byte Irq = 1;

    private const byte OutputFull = 0x01;
    private const byte InputFull = 0x02;
    private const byte FromMouse = 0x20;

    private const byte ReadConfiguration = 0x20;
    private const byte WriteConfiguration = 0x60;
    private const byte DisableMouse = 0xA7;
    private const byte DisableKeyboard = 0xAD;
    private const byte EnableKeyboard = 0xAE;
    private const byte StartScanning = 0xF4;
    private const byte KeyboardInterrupt = 0x01;
    private const byte MouseInterrupt = 0x02;
    private const byte KeyboardClockOff = 0x10;
    private const byte TranslateToSet1 = 0x40;
    private const byte NoController = 0xFF;

    private const int Patience = 20_000;

    /// <summary>
    /// Sets the controller up to interrupt for keys, and the keyboard to send them.
    /// </summary>
    /// <returns>False when there is no such controller.</returns>
    public bool TryStart()
    {
        if (IOPort.Read8(commandPort) == NoController)
            return false;
        Command(DisableKeyboard);
        Command(DisableMouse);
        Drain();
        Command(ReadConfiguration);
        if (!TryAwaitData(out byte configuration))
            return false;
        configuration |= KeyboardInterrupt | TranslateToSet1;
        configuration &= unchecked((byte)~(MouseInterrupt | KeyboardClockOff));
        Command(WriteConfiguration);
        Send(configuration);
        Command(EnableKeyboard);
        Send(StartScanning);
        // The keyboard acknowledges, which is not a key.
        TryAwaitData(out _);
        return true;
    }

    /// <summary>Takes a byte that has arrived; does not wait.</summary>
    public bool TryRead(out byte value)
    {
        value = 0;
        byte status = IOPort.Read8(commandPort);
        if ((status & OutputFull) == 0)
            return false;
        value = IOPort.Read8(dataPort);
        return (status & FromMouse) == 0;
    }

    private void Command(byte command)
    {
        AwaitRoom();
        IOPort.Write8(commandPort, command);
    }

    private void Send(byte value)
    {
        AwaitRoom();
        IOPort.Write8(dataPort, value);
    }

    private void AwaitRoom()
    {
        for (int i = 0; i < Patience && (IOPort.Read8(commandPort) & InputFull) != 0; i++)
        {
        }
    }

    private bool TryAwaitData(out byte value)
    {
        value = 0;
        for (int i = 0; i < Patience; i++)
        {
            if ((IOPort.Read8(commandPort) & OutputFull) == 0)
                continue;
            value = IOPort.Read8(dataPort);
            return true;
        }
        return false;
    }

    private void Drain()
    {
        for (int i = 0; i < 32 && (IOPort.Read8(commandPort) & OutputFull) != 0; i++)
            IOPort.Read8(dataPort);
    }
}
