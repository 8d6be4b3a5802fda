namespace MemOS.Traps;

/// <summary>What Traps.asm does when a system call has been handled.</summary>
internal enum AfterSyscall : uint
{
    /// <summary>The caller goes on, by the shortest way.</summary>
    Resume = 0,

    /// <summary>What runs next is to be chosen anew.</summary>
    Choose,
}
