namespace Cosmos.Core.Panics;

/// <summary>Text for the log's line that was written and has not been sent yet.</summary>
public abstract class PendingText
{
    /// <summary>
    /// Sends it now and in its order, without interrupts; gives up where nobody takes it.
    /// Allocates nothing.
    /// </summary>
    public abstract void Flush();
}
