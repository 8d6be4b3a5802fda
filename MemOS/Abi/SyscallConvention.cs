namespace MemOS.Abi;

/// <summary>How a system call is made; see docs/abi.md, "Calling".</summary>
public static class SyscallConvention
{
    /// <summary>In RAX at the call: "MEMO", the numbering that the block speaks.</summary>
    public const uint Marker = 0x4D454D4F;

    /// <summary>Longest block in bytes: a code and eight arguments of eight bytes.</summary>
    public const int LongestBlock = 1 + 8 * 8;

    /// <summary>Most bytes that a call copies; a longer buffer is InvalidArgument.</summary>
    public const int LongestBuffer = 64 * 1024;

    /// <summary>Most threads of a process at a time.</summary>
    public const int MostThreads = 4096;

    /// <summary>How long a backer may take, in milliseconds.</summary>
    public const int BackerMilliseconds = 1000;
}
