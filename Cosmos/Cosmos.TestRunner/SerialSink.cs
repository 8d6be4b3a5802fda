using Cosmos.Core;
using Cosmos.TestRunner.Protocol;

namespace Cosmos.TestRunner;

/// <summary>Sends results over the first serial port, without interrupts.</summary>
/// <remarks>
/// It drives the UART by itself rather than through the console, so that a result arrives even
/// if the console is what is broken.
/// </remarks>
public sealed class SerialSink : IResultSink
{
    // 16550 UART, PC16550D data sheet, table II: the data and line status registers of COM1.
    private const int DataPort = 0x3F8;
    private const int LineStatusPort = 0x3FD;
    private const byte TransmitterEmpty = 0x20;

    // A line that never becomes ready must not hang the kernel: the host notices what is lost.
    private const int PollLimit = 1_000_000;

    /// <inheritdoc/>
    public void Send(ResultFrame frame)
    {
        foreach (byte value in FrameFormat.Encode(frame)) SendByte(value);
    }

    private static void SendByte(byte value)
    {
        for (int poll = 0; poll < PollLimit; poll++)
        {
            if ((IOPort.Read8(LineStatusPort) & TransmitterEmpty) != 0) break;
        }

        IOPort.Write8(DataPort, value);
    }
}
