using Cosmos.Core.Hardware;

namespace Cosmos.Core;

/// <summary>The two 8259A interrupt controllers of a PC.</summary>
public static class PIC
{
    private const ushort FirstCommand = 0x20;
    private const ushort FirstData = 0x21;
    private const ushort SecondCommand = 0xA0;
    private const ushort SecondData = 0xA1;

    private const byte StartInitialisation = 0x11;
    private const byte Mode8086 = 0x01;
    private const byte ReadInService = 0x0B;
    private const byte EndOfInterrupt = 0x20;
    private const byte CascadeLine = 2;
    private const byte AllButCascade = 0xFB;

    /// <summary>
    /// Moves the lines to vectors that exceptions do not use, and masks them all.
    /// </summary>
    /// <param name="firstVector">Vector of line 0; a multiple of 8. The rest follow.</param>
    public static void Remap(byte firstVector)
    {
        Instruction.Out8(FirstCommand, StartInitialisation);
        Instruction.Out8(SecondCommand, StartInitialisation);
        Instruction.Out8(FirstData, firstVector);
        Instruction.Out8(SecondData, (byte)(firstVector + 8));
        Instruction.Out8(FirstData, 1 << CascadeLine);
        Instruction.Out8(SecondData, CascadeLine);
        Instruction.Out8(FirstData, Mode8086);
        Instruction.Out8(SecondData, Mode8086);
        Instruction.Out8(FirstData, AllButCascade);
        Instruction.Out8(SecondData, 0xFF);
    }

    /// <summary>Lets a line through.</summary>
    public static void Unmask(byte line) =>
        SetMask(line, (byte)(Instruction.In8(DataPort(line)) & ~(1 << (line & 7))));

    /// <summary>Keeps a line out.</summary>
    public static void Mask(byte line) =>
        SetMask(line, (byte)(Instruction.In8(DataPort(line)) | 1 << (line & 7)));

    /// <summary>Tells the controllers that a line's interrupt is handled.</summary>
    public static void Acknowledge(byte line)
    {
        if (line >= 8)
            Instruction.Out8(SecondCommand, EndOfInterrupt);
        Instruction.Out8(FirstCommand, EndOfInterrupt);
    }

    /// <summary>
    /// Whether an interrupt on a controller's last line is a false alarm; it is not acknowledged.
    /// </summary>
    public static bool IsSpurious(byte line)
    {
        if ((line & 7) != 7)
            return false;
        ushort command = line < 8 ? FirstCommand : SecondCommand;
        Instruction.Out8(command, ReadInService);
        bool real = (Instruction.In8(command) & 0x80) != 0;
        // The first controller does not know that what the second raised was a false alarm.
        if (!real && line >= 8)
            Instruction.Out8(FirstCommand, EndOfInterrupt);
        return !real;
    }

    private static ushort DataPort(byte line) => line < 8 ? FirstData : SecondData;

    private static void SetMask(byte line, byte mask) =>
        Instruction.Out8(DataPort(line), mask);
}
