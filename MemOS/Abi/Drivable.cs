namespace MemOS.Abi;

/// <summary>Whether a process may drive a device.</summary>
public enum Drivable : byte
{
    /// <summary>DEVICE_AMS refuses.</summary>
    No = 0,

    /// <summary>DEVICE_AMS works, and the right can be passed on to a child.</summary>
    Yes = 1,
}
