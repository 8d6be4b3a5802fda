using System;
using Cosmos.Core.Devices;
using Cosmos.System;

namespace MemOS.Consoles;

/// <summary>
/// What is typed at the other end of the serial line and on the keyboard, as the bytes that a
/// terminal sends. When nobody reads, the serial line is held back and keys are lost. Ctrl-C is
/// seen all the same.
/// </summary>
/// <remarks>
/// The interrupt handlers allocate nothing. Interrupts must interrupt neither one another nor
/// <see cref="Read"/>.
/// </remarks>
/// <param name="line">The serial line; opened already.</param>
public sealed class ConsoleInput(SerialPort line)
{
    /// <summary>
    /// How often <see cref="OnTick"/> finds the serial line held back, and that nobody has read
    /// meanwhile, before what comes over it is dropped in search of Ctrl-C.
    /// </summary>
    public const int TicksOfPatience = 500;

    private const int RingBytes = 4096;
    private const byte ControlCByte = 3;

    private readonly ByteRing _ring = new(RingBytes);
    private readonly ScanCodeDecoder _scanCodes = new();
    private readonly PS2Keyboard _keyboard =
        new(PS2Keyboard.PcDataPort, PS2Keyboard.PcCommandPort);

    // The line has, or will have, more than there was room for.
    private bool _isHeldBack;
    private int _ticksHeldBack;
    private int _interruptions;

    /// <summary>Whether nothing is there to read.</summary>
    public bool IsEmpty => _ring.IsEmpty;

    /// <summary>What Ctrl-C is; a key at first.</summary>
    public ControlC ControlC
    {
        get;
        set
        {
            field = value;
            if (value == ControlC.Interrupts)
                FindTyped();
        }
    }

    /// <summary>Which key of the keyboard types what.</summary>
    public ScanMapBase Layout
    {
        get => _scanCodes.Layout;
        set => _scanCodes.Layout = value;
    }

    /// <summary>
    /// Has serial line and keyboard raise their interrupts (<see cref="SerialPort.Com1Irq"/>,
    /// <see cref="PS2Keyboard.Irq"/>) when something is typed. Call it with interrupts off; a
    /// machine without one of the two is fine.
    /// </summary>
    public void Start()
    {
        _keyboard.TryStart();
        line.Enable(SerialInterrupts.Received);
        // What came before would raise no interrupt any more.
        OnSerialInterrupt();
    }

    /// <summary>
    /// Takes what has come over the serial line, as far as there is room. The rest stays in the
    /// line, which then takes no more from the other end; <see cref="Read"/> goes on with it.
    /// </summary>
    public void OnSerialInterrupt()
    {
        _isHeldBack = true;
        while (_ring.Room > 0)
        {
            if (!line.TryReceive(out byte value))
            {
                _isHeldBack = false;
                return;
            }
            Take(value);
        }
    }

    /// <summary>
    /// Takes what has come without an interrupt, and looks for Ctrl-C behind what nobody reads; to
    /// be called a few hundred times a second.
    /// </summary>
    /// <remarks>
    /// The port has one interrupt for both directions, which the controller sees only as it begins:
    /// a byte that comes while the port still asks for more to send raises none (PC16550D, 8.5).
    /// </remarks>
    public void OnTick()
    {
        if (!_isHeldBack)
            OnSerialInterrupt();
        if (!_isHeldBack || ControlC == ControlC.Typed || ++_ticksHeldBack < TicksOfPatience)
            return;
        for (int i = 0; i < RingBytes && line.TryReceive(out byte value); i++)
        {
            if (value == ControlCByte)
            {
                Interrupt();
                OnSerialInterrupt();
                return;
            }
        }
    }

    /// <summary>Whether Ctrl-C has come once more than this was answered with yes.</summary>
    public bool TakeInterruption()
    {
        if (_interruptions == 0)
            return false;
        _interruptions--;
        return true;
    }

    /// <summary>Takes all that the keyboard has sent.</summary>
    public void OnKeyboardInterrupt()
    {
        while (_keyboard.TryRead(out byte value))
            TakeScanCode(value);
    }

    /// <summary>Hands over what is there, as far as it fits; does not wait.</summary>
    /// <returns>Bytes handed over; 0 if nothing was typed.</returns>
    public int Read(Span<byte> to)
    {
        int length = 0;
        _ticksHeldBack = 0;
        while (length < to.Length && _ring.TryTake(out byte value))
            to[length++] = value;
        if (_isHeldBack)
            OnSerialInterrupt();
        return length;
    }

    /// <summary>Takes a byte from the keyboard.</summary>
    internal void TakeScanCode(byte value)
    {
        if (!_scanCodes.TryDecode(value, out KeyPress key))
            return;
        Span<byte> bytes = stackalloc byte[KeyEncoder.LongestSequence];
        bytes = bytes[..KeyEncoder.Encode(key, bytes)];
        // Half a sequence would be another key.
        if (_ring.Room < bytes.Length && !bytes.Contains(ControlCByte))
            return;
        foreach (byte typed in bytes)
            Take(typed);
    }

    private void Take(byte value)
    {
        if (value == ControlCByte && ControlC == ControlC.Interrupts)
            Interrupt();
        else
            _ring.Put(value);
    }

    // What was typed already may hold it: whoever types is ahead of who gives the console.
    private void FindTyped()
    {
        int length = RingBytes - _ring.Room;
        int dropped = 0;
        for (int i = 1; i <= length && _ring.TryTake(out byte value); i++)
        {
            _ring.Put(value);
            if (value != ControlCByte)
                continue;
            _interruptions++;
            dropped = i;
        }
        while (dropped-- > 0)
            _ring.TryTake(out _);
    }

    private void Interrupt()
    {
        _interruptions++;
        _ticksHeldBack = 0;
        while (_ring.TryTake(out _))
        {
            // It was typed to what is interrupted.
        }
    }
}
