using System;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Devices;

/// <summary>What a serial port raises its interrupt line for.</summary>
[Flags]
public enum SerialInterrupts : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Bytes have arrived.</summary>
    Received = 1,

    /// <summary>The transmitter has sent what it had.</summary>
    Sent = 2,
}

/// <summary>A 16550 serial port (PC16550D data sheet).</summary>
/// <remarks>
/// A value without state, so that it works before there is a heap and in a panic. Sending waits
/// for the other end for as long as that takes something now and then; where it takes nothing for
/// some seconds, what is sent is lost without more waiting until it does again. That is for all
/// ports at once.
/// </remarks>
/// <param name="basePort">The port of the data register.</param>
public readonly struct SerialPort(ushort basePort) : ITransmitter
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

    // A byte takes 87 us at 115200 baud, and whoever reads may pause. Some seconds without a byte
    // taken, in cycles of the time stamp counter, mean that nobody reads.
    private const ulong PatienceCycles = 20_000_000_000;
    private const int LeastPolls = 100_000;

    private static bool _isUnread;

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

    /// <inheritdoc/>
    public int Room =>
        (Read(LineStatus) & TransmitterReady) == 0 ? 0
        // Once the transmitter is ready its FIFO is empty.
        : (Read(FifoControl) & FifosWork) == FifosWork ? FifoBytes
        : 1;

    /// <inheritdoc/>
    public void Put(byte value) => Write(0, value);

    /// <inheritdoc/>
    public bool AwaitRoom() => Await(TransmitterReady);

    /// <summary>Waits until all that was sent has left.</summary>
    public void AwaitIdle() => Await(TransmitterIdle);

    /// <summary>Sends a byte; waits while the line is busy.</summary>
    public void Send(byte value)
    {
        if (AwaitRoom())
            Put(value);
    }

    /// <summary>Sends text with each line feed as carriage return and line feed.</summary>
    public void Send(ReadOnlySpan<byte> utf8)
    {
        int room = 0;
        foreach (byte value in utf8)
        {
            if (value == '\n' && !TrySend((byte)'\r', ref room))
                return;
            if (!TrySend(value, ref room))
                return;
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

    /// <summary>Has the port raise its interrupt line for these, and for nothing else.</summary>
    public void Enable(SerialInterrupts interrupts) =>
        Write(InterruptEnable, (byte)interrupts);

    // The FIFO is filled without a look between bytes.
    private bool TrySend(byte value, ref int room)
    {
        if (room == 0)
        {
            if (!AwaitRoom())
                return false;
            room = Room;
        }
        Put(value);
        room--;
        return true;
    }

    private bool Await(byte status)
    {
        ulong start = Instruction.ReadTimestamp();
        for (int polls = 0; (Read(LineStatus) & status) == 0; polls++)
        {
            _isUnread |= polls > LeastPolls
                && Instruction.ReadTimestamp() - start > PatienceCycles;
            if (_isUnread)
                return false;
        }
        _isUnread = false;
        return true;
    }

    private byte Read(int register) => Instruction.In8((ushort)(basePort + register));

    private void Write(int register, byte value) =>
        Instruction.Out8((ushort)(basePort + register), value);
}
