using System;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Devices;

/// <summary>A 16550 serial port, driven without interrupts (PC16550D data sheet).</summary>
/// <remarks>
/// A value without state, so that it works before there is a heap and in a panic.
/// </remarks>
/// <param name="basePort">The port of the data register.</param>
public readonly struct SerialPort(ushort basePort)
{
    /// <summary>Base port of COM1.</summary>
    public const ushort Com1 = 0x3F8;

    /// <summary>Interrupt line of COM1.</summary>
    public const byte Com1Irq = 4;

    private const int InterruptEnable = 1;
    private const int FifoControl = 2;
    private const int LineControl = 3;
    private const int ModemControl = 4;
    private const int LineStatus = 5;
    private const int Scratch = 7;

    private const byte DataReady = 0x01;
    private const byte TransmitterReady = 0x20;
    private const byte TransmitterIdle = 0x40;
    private const byte NoPort = 0xFF;

    // Read, the register of FIFO control tells in its two highest bits that the FIFOs work.
    private const byte FifosWork = 0xC0;
    private const int FifoBytes = 16;

    // A byte takes 87 us at 115200 baud; a line that takes far longer is taken for dead.
    private const int PollLimit = 100_000;

    /// <summary>Sets 115200 baud, 8 data bits, no parity, one stop bit, FIFOs on.</summary>
    /// <returns>False when there is no such port.</returns>
    public bool TryOpen()
    {
        const byte Probe = 0xA5;
        Write(Scratch, Probe);
        if (Read(Scratch) != Probe)
            return false;
        // To reset the FIFOs would lose what was sent and has not left yet.
        Await(TransmitterIdle);
        Write(InterruptEnable, 0);
        Write(LineControl, 0x80);
        Write(0, 1);
        Write(InterruptEnable, 0);
        Write(LineControl, 0x03);
        Write(FifoControl, 0xC7);
        // Data terminal ready, request to send, and OUT2, which lets interrupts through.
        Write(ModemControl, 0x0B);
        return true;
    }

    /// <summary>Sends a byte; waits while the line is busy.</summary>
    public void Send(byte value)
    {
        Await(TransmitterReady);
        Write(0, value);
    }

    /// <summary>Sends text with each line feed as carriage return and line feed.</summary>
    public void Send(ReadOnlySpan<byte> utf8)
    {
        // Once the transmitter is ready its FIFO is empty, and can be filled without a look
        // between bytes.
        int burst = (Read(FifoControl) & FifosWork) == FifosWork ? FifoBytes : 1;
        int room = 0;
        foreach (byte value in utf8)
        {
            if (value == '\n')
                room = Send((byte)'\r', room, burst);
            room = Send(value, room, burst);
        }
    }

    /// <summary>Takes a byte that has arrived; does not wait.</summary>
    public bool TryReceive(out byte value)
    {
        byte status = Read(LineStatus);
        // A port that is not there reads as all ones, for ever.
        bool ready = (status & DataReady) != 0 && status != NoPort;
        value = ready ? Read(0) : (byte)0;
        return ready;
    }

    /// <summary>Has the port raise its interrupt line when bytes arrive.</summary>
    public void EnableReceiveInterrupt() => Write(InterruptEnable, 1);

    private int Send(byte value, int room, int burst)
    {
        if (room == 0)
        {
            Await(TransmitterReady);
            room = burst;
        }
        Write(0, value);
        return room - 1;
    }

    private void Await(byte status)
    {
        for (int i = 0; i < PollLimit && (Read(LineStatus) & status) == 0; i++)
        {
            // The line is busy.
        }
    }

    private byte Read(int register) => Instruction.In8((ushort)(basePort + register));

    private void Write(int register, byte value) =>
        Instruction.Out8((ushort)(basePort + register), value);
}
