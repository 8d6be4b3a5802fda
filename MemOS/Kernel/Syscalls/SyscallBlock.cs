using System.Runtime.CompilerServices;
using MemOS.Abi;

namespace MemOS.Syscalls;

/// <summary>The kernel's own copy of a call's block: its code, then its arguments.</summary>
[InlineArray(SyscallConvention.LongestBlock)]
internal struct SyscallBlock
{
    private byte _first;

    /// <summary>What is called for.</summary>
    internal readonly SyscallCode Code => (SyscallCode)_first;
}
