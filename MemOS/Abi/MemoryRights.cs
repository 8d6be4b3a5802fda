using System;

namespace MemOS.Abi;

/// <summary>What a process may do with memory, as MEM_ALLOC takes it and regions show it.</summary>
/// <remarks>MEM_ALLOC takes Read, Write, ReadWrite and Execute; all else is error 0x10.</remarks>
[Flags]
public enum MemoryRights : byte
{
    /// <summary>Nothing: a guard.</summary>
    None = 0,

    /// <summary>Read it.</summary>
    Read = 1,

    /// <summary>Write it.</summary>
    Write = 2,

    /// <summary>Read and write it.</summary>
    ReadWrite = Read | Write,

    /// <summary>Run it; by itself execute-only where the processor can do that.</summary>
    Execute = 4,
}
