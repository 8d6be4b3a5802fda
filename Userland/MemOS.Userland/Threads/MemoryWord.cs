using MemOS.Abi;
using MemOS.Userland.Syscalls;

namespace MemOS.Userland;

/// <summary>
/// Waiting without polling until somebody changes a word of memory, be it another thread or, where
/// the word belongs to a segment, another process that has it too.
/// </summary>
/// <remarks>
/// Whoever waits looks at the word, decides that it has to wait, and names what it saw; whoever
/// changes the word wakes those who wait. If the word changed in between there is no waiting.
/// </remarks>
public static class MemoryWord
{
    /// <summary>No limit of time.</summary>
    public const uint Forever = uint.MaxValue;

    /// <summary>Waits, unless the word has changed.</summary>
    /// <param name="word">Four bytes, at a multiple of four.</param>
    /// <param name="expected">What was seen there.</param>
    /// <param name="milliseconds">How long; 0 only looks.</param>
    /// <returns>
    /// Whether it was woken or has changed; the word may be as it was all the same. False when the
    /// time has passed.
    /// </returns>
    /// <exception cref="MemOsException">No such memory.</exception>
    public static bool Wait(Address word, uint expected, uint milliseconds = Forever)
    {
        ErrorCode error = Syscall.InvokeShort(
            new WaitWordBlock(word, expected, milliseconds), out _);
        return error switch
        {
            ErrorCode.None or ErrorCode.WordChanged => true,
            ErrorCode.TimedOut => false,
            _ => throw new MemOsException(SyscallCode.WaitWord, error),
        };
    }

    /// <summary>Wakes those who wait, the one that has waited longest first.</summary>
    /// <param name="word">Four bytes, at a multiple of four.</param>
    /// <param name="most">How many at most.</param>
    /// <returns>How many.</returns>
    /// <exception cref="MemOsException">No such memory.</exception>
    public static uint Wake(Address word, uint most = 1)
    {
        ErrorCode error = Syscall.InvokeShort(new WakeWordBlock(word, most), out ulong woken);
        return error == ErrorCode.None
            ? (uint)woken
            : throw new MemOsException(SyscallCode.WakeWord, error);
    }
}
