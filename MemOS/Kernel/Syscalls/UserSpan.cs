using MemOS.Memory.Addresses;

namespace MemOS.Syscalls;

/// <summary>
/// Memory that a program says it has: where it lies was checked, what is there was not.
/// </summary>
internal readonly record struct UserSpan
{
    private UserSpan(VirtualAddress start, ulong bytes)
    {
        Start = start;
        Bytes = bytes;
    }

    /// <summary>The first byte; in the user half unless the span is empty.</summary>
    internal VirtualAddress Start { get; }

    /// <summary>How many bytes; the last one is in the user half.</summary>
    internal ulong Bytes { get; }

    /// <summary>
    /// Checks that all of it lies in the user half. An empty one may lie anywhere.
    /// </summary>
    internal static bool TryCreate(ulong start, ulong bytes, out UserSpan span)
    {
        span = default;
        if (bytes == 0)
            return true;
        if (!VirtualAddress.TryCreate(start, out VirtualAddress first) || !first.IsUserHalf
            || !first.TryAdd(bytes - 1, out _))
            return false;
        span = new UserSpan(first, bytes);
        return true;
    }

    /// <summary>The beginning of the span, or all of it where that is shorter.</summary>
    internal UserSpan Take(ulong bytes) =>
        bytes >= Bytes ? this : new UserSpan(Start, bytes);

    /// <summary>What is left behind the beginning; not more than there is.</summary>
    internal UserSpan Skip(ulong bytes) =>
        bytes == Bytes ? default : new UserSpan(Start + bytes, Bytes - bytes);
}
