namespace Cosmos.Core.Devices;

/// <summary>The sending side of a serial line.</summary>
public interface ITransmitter
{
    /// <summary>Bytes that can be put now, without waiting; 0 while the line is busy.</summary>
    int Room { get; }

    /// <summary>Sends a byte; only where there is room for it.</summary>
    void Put(byte value);

    /// <summary>Waits for room.</summary>
    /// <returns>False when nobody takes anything at the other end.</returns>
    bool AwaitRoom();
}
