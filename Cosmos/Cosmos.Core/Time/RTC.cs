using Cosmos.Core.Hardware;

namespace Cosmos.Core.Time;

/// <summary>The MC146818 real-time clock of a PC, taken to run in UTC.</summary>
public static class RTC
{
    private const ushort IndexPort = 0x70;
    private const ushort DataPort = 0x71;
    private const byte StatusA = 0x0A;
    private const byte StatusB = 0x0B;
    private const byte UpdateInProgress = 0x80;
    private const byte TwentyFourHours = 0x02;
    private const byte Binary = 0x04;
    private const byte AfterNoon = 0x80;
    private const uint Century = 2000;

    private enum NumberForm
    {
        Binary,

        // A decimal digit in each half of a byte.
        Decimal,
    }

    // Registers: 0 seconds, 2 minutes, 4 hours, 7 day, 8 month, 9 year.
    private readonly record struct Reading(
        byte Second, byte Minute, byte Hour, byte Day, byte Month, byte Year);

    /// <summary>Seconds since 1 January 1970.</summary>
    public static ulong ReadUnixSeconds()
    {
        Reading reading = Read();
        Reading again;
        // The clock may step while it is read: two equal readings are right.
        while ((again = Read()) != reading)
            reading = again;
        byte mode = ReadRegister(StatusB);
        NumberForm form = (mode & Binary) != 0 ? NumberForm.Binary : NumberForm.Decimal;
        uint hour = Decode((byte)(reading.Hour & ~AfterNoon), form);
        if ((mode & TwentyFourHours) == 0)
            hour = hour % 12 + ((reading.Hour & AfterNoon) != 0 ? 12u : 0u);
        uint days = DaysSince1970(Century + Decode(reading.Year, form),
            Decode(reading.Month, form), Decode(reading.Day, form));
        return ((days * 24UL + hour) * 60 + Decode(reading.Minute, form)) * 60
            + Decode(reading.Second, form);
    }

    private static Reading Read()
    {
        // Bounded: on a machine without this clock the bit may never clear.
        for (int i = 0; i < 100_000 && (ReadRegister(StatusA) & UpdateInProgress) != 0; i++)
        {
        }
        return new Reading(ReadRegister(0), ReadRegister(2), ReadRegister(4), ReadRegister(7),
            ReadRegister(8), ReadRegister(9));
    }

    private static byte ReadRegister(byte register)
    {
        Instruction.Out8(IndexPort, register);
        return Instruction.In8(DataPort);
    }

    private static uint Decode(byte value, NumberForm form) =>
        form == NumberForm.Binary ? value : (uint)(value >> 4) * 10 + (value & 0xFu);

    // Years from March to February put the leap day last; 153 days are any five months from March.
    private static uint DaysSince1970(uint year, uint month, uint day)
    {
        const uint DaysFromYear0To1970 = 719_468;
        if (month <= 2)
        {
            year--;
            month += 12;
        }
        uint dayOfYear = (153 * (month - 3) + 2) / 5 + day - 1;
        return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - DaysFromYear0To1970;
    }
}
