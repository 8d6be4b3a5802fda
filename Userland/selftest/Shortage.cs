using MemOS.Abi;

namespace MemOS.Selftest;

/// <summary>Something that a call needs, made to run out. Nothing here takes memory.</summary>
internal abstract class Shortage
{
    /// <summary>From so much on, a call must not fail for want of it.</summary>
    internal abstract ulong Most { get; }

    /// <summary>Leaves so much of it for the next call.</summary>
    internal abstract void Begin(ulong amount);

    /// <summary>Leaves what there is.</summary>
    internal abstract void End();

    /// <summary>What to leave after so much was too little.</summary>
    internal abstract ulong After(ulong amount);
}

/// <summary>
/// LIMIT_MEMORY, which there is only in a kernel that was started with the word <c>oom</c>.
/// </summary>
internal sealed class MemoryLimit
{
    internal const ulong None = ulong.MaxValue;

    private readonly Caller _caller = new();

    /// <summary>Leaves so many frames, and lets the heap be asked so often.</summary>
    internal ErrorCode Set(ulong frames, ulong raises) =>
        _caller.Begin(SyscallCode.LimitMemory).Put(frames).Put(raises).Send();
}

/// <summary>The kernel's heap cannot be asked any more.</summary>
internal sealed class HeapShortage(MemoryLimit limit) : Shortage
{
    internal override ulong Most => 1 << 10;

    internal override void Begin(ulong amount) => limit.Set(MemoryLimit.None, amount);

    internal override void End() => limit.Set(MemoryLimit.None, MemoryLimit.None);

    internal override ulong After(ulong amount) => amount + 1;
}

/// <summary>No frames are left.</summary>
/// <param name="limit">What they are limited by.</param>
/// <param name="density">
/// From so many on not every number of them is tried: the next one is greater by the part of it
/// that this is of it.
/// </param>
internal sealed class FrameShortage(MemoryLimit limit, ulong density) : Shortage
{
    internal override ulong Most => 1 << 14;

    internal override void Begin(ulong amount) => limit.Set(amount, MemoryLimit.None);

    internal override void End() => limit.Set(MemoryLimit.None, MemoryLimit.None);

    internal override ulong After(ulong amount) => amount + 1 + (amount / density);
}
