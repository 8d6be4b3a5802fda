using MemOS.Consoles;

namespace MemOS.Tests.Host.Consoles.Log;

/// <summary>A clock that stands at what it was set to.</summary>
internal sealed class FixedClock : ILogClock
{
    public ulong Nanoseconds { get; set; }
}
