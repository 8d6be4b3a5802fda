namespace MemOS.Memory.Signals;

/// <summary>What a signal does to a process that has no handler for it.</summary>
public enum SignalDefault : byte
{
    /// <summary>Nothing.</summary>
    Ignore = 0,

    /// <summary>The process ends.</summary>
    Kill,
}
