namespace MemOS.Backers;

/// <summary>What waits for a backer: it starts over, or is told that it failed.</summary>
internal enum BackerUse : byte
{
    /// <summary>An instruction of the thread's.</summary>
    Instruction = 0,

    /// <summary>A system call, for a buffer or for its block.</summary>
    Call,
}
