namespace MemOS.Memory.Signals;

/// <summary>How the sender of a signal stands to the process that gets it.</summary>
public enum SignalSender : byte
{
    /// <summary>The kernel, or a process of the same job or of one above it.</summary>
    Inside = 0,

    /// <summary>Any other process, which finds only a part of the queue free for it.</summary>
    Outside,
}
