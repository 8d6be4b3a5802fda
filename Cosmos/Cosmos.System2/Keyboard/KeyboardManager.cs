using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using Cosmos.Core;
using Cosmos.Core.Devices;
using Cosmos.Core.Time;

namespace Cosmos.System;

/// <summary>Keys of all keyboards: the PS/2 one, and a terminal on the first serial port.</summary>
public static class KeyboardManager
{
    // A terminal sends an escape sequence without a pause; what comes later is another key.
    private const uint EscapeMilliseconds = 10;
    private const int RingBytes = 1024;

    private static readonly ScanCodeDecoder _scanCodes = new();
    private static readonly SerialKeyDecoder _serialKeys = new();
    private static readonly Queue<KeyEvent> _keys = new();
    private static readonly ByteRing _scanCodeRing = new(RingBytes);
    private static readonly ByteRing _serialRing = new(RingBytes);
    private static readonly PS2Keyboard _keyboard =
        new(PS2Keyboard.PcDataPort, PS2Keyboard.PcCommandPort);

    /// <summary>Whether the number pad types digits.</summary>
    public static bool NumLock
    {
        get => _scanCodes.NumLock;
        set => _scanCodes.NumLock = value;
    }

    /// <summary>Whether letters are capital.</summary>
    public static bool CapsLock
    {
        get => _scanCodes.CapsLock;
        set => _scanCodes.CapsLock = value;
    }

    /// <summary>Whether scroll lock is on.</summary>
    public static bool ScrollLock
    {
        get => _scanCodes.ScrollLock;
        set => _scanCodes.ScrollLock = value;
    }

    /// <summary>Whether a control key is down.</summary>
    public static bool ControlPressed
    {
        get => _scanCodes.Ctrl;
        set => _scanCodes.Ctrl = value;
    }

    /// <summary>Whether a shift key is down.</summary>
    public static bool ShiftPressed
    {
        get => _scanCodes.Shift;
        set => _scanCodes.Shift = value;
    }

    /// <summary>Whether an alt key is down.</summary>
    public static bool AltPressed
    {
        get => _scanCodes.Alt;
        set => _scanCodes.Alt = value;
    }

    /// <summary>Whether <see cref="ReadKey"/> would return at once.</summary>
    public static bool KeyAvailable
    {
        get
        {
            TakeBytes();
            return _keys.Count > 0;
        }
    }

    /// <summary>Takes a key if there is one.</summary>
    public static bool TryReadKey([NotNullWhen(true)] out KeyEvent? oKey)
    {
        TakeBytes();
        return _keys.TryDequeue(out oKey);
    }

    /// <summary>Waits for a key.</summary>
    public static KeyEvent ReadKey()
    {
        KeyEvent? key;
        // The timer's tick wakes the processor if an interrupt came between test and halt.
        while (!TryReadKey(out key))
            CPU.Halt();
        return key;
    }

    /// <summary>What a key means with what is held and locked now.</summary>
    /// <param name="scanCode">A scan code of set 1.</param>
    /// <param name="keyInfo">The key; null for one that the layout lacks.</param>
    /// <returns>Whether the layout has it.</returns>
    public static bool GetKey(byte scanCode, [NotNullWhen(true)] out KeyEvent? keyInfo)
    {
        keyInfo = GetKeyLayout().ConvertScanCode(
            scanCode, ControlPressed, ShiftPressed, AltPressed, NumLock, CapsLock, ScrollLock);
        return keyInfo != null;
    }

    /// <summary>Changes what keys type.</summary>
    public static void SetKeyLayout(ScanMapBase aLayout) => _scanCodes.Layout = aLayout;

    /// <summary>What keys type.</summary>
    public static ScanMapBase GetKeyLayout() => _scanCodes.Layout;

    internal static void Start()
    {
        if (_keyboard.TryStart())
            INTs.SetIrqHandler(PS2Keyboard.Irq, OnKeyboard);
        SerialPort serial = new(SerialPort.Com1);
        INTs.SetIrqHandler(SerialPort.Com1Irq, OnSerial);
        serial.Enable(SerialInterrupts.Received);
        // Bytes that came before do not interrupt.
        CPU.DisableInterrupts();
        TakeSerial();
        CPU.EnableInterrupts();
    }

    private static void OnKeyboard(ref INTs.IRQContext context)
    {
        while (_keyboard.TryRead(out byte value))
            _scanCodeRing.Put(value);
    }

    private static void OnSerial(ref INTs.IRQContext context) => TakeSerial();

    private static void TakeSerial()
    {
        SerialPort serial = new(SerialPort.Com1);
        while (serial.TryReceive(out byte value))
            _serialRing.Put(value);
    }

    private static void TakeBytes()
    {
        while (_scanCodeRing.TryTake(out byte value))
            Enqueue(_scanCodes.Decode(value));
        while (_serialRing.TryTake(out byte value))
            Enqueue(_serialKeys.Decode(value));
        if (!_serialKeys.HasPendingEscape)
            return;
        Clock.Wait(EscapeMilliseconds);
        if (_serialRing.TryTake(out byte next))
            Enqueue(_serialKeys.Decode(next));
        else
            Enqueue(_serialKeys.TakeEscape());
    }

    private static void Enqueue(KeyEvent? key)
    {
        if (key != null)
            _keys.Enqueue(key);
    }
}
