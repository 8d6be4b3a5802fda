namespace MemOS.Consoles;

/// <summary>What the log takes its time stamps from.</summary>
public interface ILogClock
{
    /// <summary>Nanoseconds since the start.</summary>
    ulong Nanoseconds { get; }
}
