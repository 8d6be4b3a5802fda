namespace MemOS.Abi;

/// <summary>What SHUTDOWN does.</summary>
public enum StopMode : byte
{
    /// <summary>Switches the machine off.</summary>
    Off = 0,

    /// <summary>Starts the machine again.</summary>
    Reboot = 1,
}
