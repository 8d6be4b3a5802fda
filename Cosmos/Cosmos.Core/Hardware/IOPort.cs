using Cosmos.Core.Hardware;

namespace Cosmos.Core;

/// <summary>An I/O port.</summary>
/// <param name="aPort">The port's number.</param>
public class IOPort(ushort aPort)
{
    /// <summary>The port's number.</summary>
    public ushort Port { get; } = aPort;

    /// <summary>Reads or writes 8 bits.</summary>
    public byte Byte { get => Read8(Port); set => Write8(Port, value); }

    /// <summary>Reads or writes 16 bits.</summary>
    public ushort Word { get => Read16(Port); set => Write16(Port, value); }

    /// <summary>Reads or writes 32 bits.</summary>
    public uint DWord { get => Read32(Port); set => Write32(Port, value); }

    /// <summary>Reads 8 bits.</summary>
    public static byte Read8(int aPort) => Instruction.In8((ushort)aPort);

    /// <summary>Reads 16 bits.</summary>
    public static ushort Read16(int aPort) => Instruction.In16((ushort)aPort);

    /// <summary>Reads 32 bits.</summary>
    public static uint Read32(int aPort) => Instruction.In32((ushort)aPort);

    /// <summary>Reads 8 bits for each element.</summary>
    public static void Read8(int aPort, byte[] aData)
    {
        for (int i = 0; i < aData.Length; i++)
            aData[i] = Read8(aPort);
    }

    /// <summary>Reads 16 bits for each element.</summary>
    public static void Read16(int aPort, ushort[] aData)
    {
        for (int i = 0; i < aData.Length; i++)
            aData[i] = Read16(aPort);
    }

    /// <summary>Reads 32 bits for each element.</summary>
    public static void Read32(int aPort, uint[] aData)
    {
        for (int i = 0; i < aData.Length; i++)
            aData[i] = Read32(aPort);
    }

    /// <summary>Writes every element, with a wait after each.</summary>
    public static void WriteMany8WithWait(int aPort, byte[] aData)
    {
        foreach (byte value in aData)
        {
            Write8(aPort, value);
            Wait();
        }
    }

    /// <summary>Writes 8 bits.</summary>
    public static void Write8(int aPort, byte aData) => Instruction.Out8((ushort)aPort, aData);

    /// <summary>Writes 16 bits.</summary>
    public static void Write16(int aPort, ushort aData) => Instruction.Out16((ushort)aPort, aData);

    /// <summary>Writes 32 bits.</summary>
    public static void Write32(int aPort, uint aData) => Instruction.Out32((ushort)aPort, aData);

    /// <summary>Waits about a microsecond, as some devices need between two accesses.</summary>
    public static void Wait() => Write8(0x80, 0);
}

/// <summary>An I/O port that is only read.</summary>
/// <param name="aPort">The port's number.</param>
public class IOPortRead(ushort aPort)
{
    /// <summary>Reads 8 bits.</summary>
    public byte Byte => IOPort.Read8(aPort);

    /// <summary>Reads 16 bits.</summary>
    public ushort Word => IOPort.Read16(aPort);

    /// <summary>Reads 32 bits.</summary>
    public uint DWord => IOPort.Read32(aPort);
}

/// <summary>An I/O port that is only written.</summary>
/// <param name="aPort">The port's number.</param>
public class IOPortWrite(ushort aPort)
{
    /// <summary>Writes 8 bits.</summary>
    public byte Byte { set => IOPort.Write8(aPort, value); }

    /// <summary>Writes 16 bits.</summary>
    public ushort Word { set => IOPort.Write16(aPort, value); }

    /// <summary>Writes 32 bits.</summary>
    public uint DWord { set => IOPort.Write32(aPort, value); }
}
