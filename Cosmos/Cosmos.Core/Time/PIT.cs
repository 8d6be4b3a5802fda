using Cosmos.Core.Hardware;

namespace Cosmos.Core.Time;

/// <summary>The 8254 programmable interval timer.</summary>
public static class PIT
{
    /// <summary>Counts a second, of all channels.</summary>
    public const uint Frequency = 1_193_182;

    private const ushort Channel0 = 0x40;
    private const ushort Channel2 = 0x42;
    private const ushort Command = 0x43;
    private const ushort SpeakerPort = 0x61;

    private const byte Channel0RateGenerator = 0x34;
    private const byte Channel2OneShot = 0xB0;
    private const byte Channel2SquareWave = 0xB6;
    private const byte SpeakerGate = 0x01;
    private const byte SpeakerData = 0x02;
    private const byte Channel2Output = 0x20;

    /// <summary>Whether the tick of channel 0 has been started.</summary>
    public static bool IsTicking { get; private set; }

    /// <summary>Ticks of channel 0 since <see cref="StartTicking"/>.</summary>
    public static ulong TickCount { get; private set; }

    /// <summary>Has channel 0 raise interrupt line 0.</summary>
    /// <param name="hertz">How often a second; 19 at least.</param>
    public static void StartTicking(uint hertz)
    {
        uint divisor = Frequency / hertz;
        Instruction.Out8(Command, Channel0RateGenerator);
        Instruction.Out8(Channel0, (byte)divisor);
        Instruction.Out8(Channel0, (byte)(divisor >> 8));
        INTs.SetIrqHandler(0, OnTick);
        IsTicking = true;
    }

    /// <summary>Waits by watching channel 2; needs no interrupts.</summary>
    /// <param name="milliseconds">At most 54.</param>
    public static void Delay(int milliseconds)
    {
        uint count = Frequency * (uint)milliseconds / 1000;
        byte speaker = (byte)(Instruction.In8(SpeakerPort) & ~(SpeakerData | SpeakerGate));
        Instruction.Out8(SpeakerPort, speaker);
        Instruction.Out8(Command, Channel2OneShot);
        Instruction.Out8(Channel2, (byte)count);
        Instruction.Out8(Channel2, (byte)(count >> 8));
        Instruction.Out8(SpeakerPort, (byte)(speaker | SpeakerGate));
        while ((Instruction.In8(SpeakerPort) & Channel2Output) == 0)
        {
        }
        Instruction.Out8(SpeakerPort, speaker);
    }

    /// <summary>Sounds the speaker until <see cref="StopSound"/>.</summary>
    /// <param name="hertz">The pitch; 19 at least.</param>
    public static void StartSound(uint hertz)
    {
        uint divisor = Frequency / hertz;
        Instruction.Out8(Command, Channel2SquareWave);
        Instruction.Out8(Channel2, (byte)divisor);
        Instruction.Out8(Channel2, (byte)(divisor >> 8));
        Instruction.Out8(SpeakerPort,
            (byte)(Instruction.In8(SpeakerPort) | SpeakerData | SpeakerGate));
    }

    /// <summary>Silences the speaker.</summary>
    public static void StopSound() => Instruction.Out8(SpeakerPort,
        (byte)(Instruction.In8(SpeakerPort) & ~(SpeakerData | SpeakerGate)));

    private static void OnTick(ref INTs.IRQContext context) => TickCount++;
}
