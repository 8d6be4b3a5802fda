using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Cosmos.Core.Acpi;
using Cosmos.Core.Boot;
using Cosmos.Core.Hardware;

namespace Cosmos.Core;

/// <summary>Switching the machine off and restarting it (ACPI 6.5, chapters 4 and 7).</summary>
public static class ACPI
{
    private const int DsdtOffset = 40;
    private const int SmiCommandOffset = 48;
    private const int AcpiEnableOffset = 52;
    private const int ControlAOffset = 64;
    private const int ControlBOffset = 68;
    private const int FlagsOffset = 112;
    private const int ResetSpaceOffset = 116;
    private const int ResetAddressOffset = 120;
    private const int ResetValueOffset = 128;

    private const uint ResetSupported = 1 << 10;
    private const byte PortSpace = 1;
    private const ushort AcpiMode = 1;
    private const ushort SleepEnable = 1 << 13;
    private const int SleepTypeShift = 10;

    private static Registers _registers;
    private static bool _started;

    /// <summary>
    /// Reads the firmware's tables. A kernel that takes the identity map away calls this before;
    /// <see cref="Shutdown"/> and <see cref="Reboot"/> use ports alone.
    /// </summary>
    /// <returns>Whether the firmware has told how to switch off.</returns>
    public static bool Start()
    {
        _started = true;
        if (!AcpiTable.TryFind(
            BootInfo.Information.RootSystemDescriptionPointer, "FACP"u8, out AcpiTable table))
            return false;
        ReadOnlySpan<byte> fixedTable = table.Bytes;
        Registers registers = new()
        {
            SmiCommand = Port(fixedTable, SmiCommandOffset),
            EnableValue = fixedTable[AcpiEnableOffset],
            ControlA = Port(fixedTable, ControlAOffset),
            ControlB = Port(fixedTable, ControlBOffset),
        };
        bool canReset = fixedTable.Length > ResetValueOffset
            && (MemoryMarshal.Read<uint>(fixedTable[FlagsOffset..]) & ResetSupported) != 0
            && fixedTable[ResetSpaceOffset] == PortSpace;
        if (canReset)
        {
            registers.Reset = Port(fixedTable, ResetAddressOffset);
            registers.ResetValue = fixedTable[ResetValueOffset];
        }
        uint code = MemoryMarshal.Read<uint>(fixedTable[DsdtOffset..]);
        if (AcpiTable.TryOpen(code, out AcpiTable dsdt)
            && SleepState.TryFindSoftOff(dsdt.Body, out SleepState off))
        {
            registers.SoftOff = off;
            registers.CanSwitchOff = registers.ControlA != 0;
        }
        _registers = registers;
        return registers.CanSwitchOff;
    }

    /// <summary>Switches the machine off. Returns only if that could not be done.</summary>
    public static void Shutdown()
    {
        Instruction.DisableInterrupts();
        StartOnce();
        if (!_registers.CanSwitchOff)
        {
            SwitchOffEmulator();
            return;
        }
        if (_registers.SmiCommand != 0 && _registers.EnableValue != 0
            && (Instruction.In16(_registers.ControlA) & AcpiMode) == 0)
            EnterAcpiMode();
        SleepState off = _registers.SoftOff;
        Instruction.Out16(_registers.ControlA,
            (ushort)(SleepEnable | off.TypeA << SleepTypeShift));
        if (_registers.ControlB != 0)
            Instruction.Out16(_registers.ControlB,
                (ushort)(SleepEnable | off.TypeB << SleepTypeShift));
        SwitchOffEmulator();
    }

    /// <summary>
    /// Restarts the machine: by ACPI, the keyboard controller, or a triple fault.
    /// </summary>
    [DoesNotReturn]
    public static void Reboot()
    {
        const ushort KeyboardCommand = 0x64;
        const byte InputFull = 0x02;
        const byte PulseReset = 0xFE;
        const int Patience = 100_000;
        Instruction.DisableInterrupts();
        StartOnce();
        if (_registers.Reset != 0)
        {
            Instruction.Out8(_registers.Reset, _registers.ResetValue);
            Pause();
        }
        for (int i = 0; i < Patience && (Instruction.In8(KeyboardCommand) & InputFull) != 0; i++)
        {
        }
        Instruction.Out8(KeyboardCommand, PulseReset);
        Pause();
        while (true)
            Instruction.TripleFault();
    }

    // What the tables did not say once they will not say later, when they may not be mapped.
    private static void StartOnce()
    {
        if (!_started)
            Start();
    }

    private static void EnterAcpiMode()
    {
        const int Patience = 1_000_000;
        Instruction.Out8(_registers.SmiCommand, _registers.EnableValue);
        for (int i = 0; i < Patience; i++)
        {
            if ((Instruction.In16(_registers.ControlA) & AcpiMode) != 0)
                return;
        }
    }

    // Emulators switch off on these ports even when the firmware has no tables.
    private static void SwitchOffEmulator()
    {
        const ushort QemuPort = 0x604;
        const ushort BochsPort = 0xB004;
        Instruction.Out16(QemuPort, SleepEnable);
        Instruction.Out16(BochsPort, SleepEnable);
    }

    private static void Pause() => Time.PIT.Delay(50);

    private static ushort Port(ReadOnlySpan<byte> table, int offset) =>
        (ushort)MemoryMarshal.Read<uint>(table[offset..]);

    private struct Registers
    {
        internal ushort SmiCommand;
        internal byte EnableValue;
        internal ushort ControlA;
        internal ushort ControlB;
        internal ushort Reset;
        internal byte ResetValue;
        internal SleepState SoftOff;
        internal bool CanSwitchOff;
    }
}
