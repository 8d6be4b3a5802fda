using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>A process as LIST_PROCESSES tells it; 64 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public unsafe struct ProcessRecord
{
    /// <summary>Room for the program's name.</summary>
    public const int NameBytes = 22;

    /// <summary>Its number.</summary>
    public ulong Id;

    /// <summary>The number of the process that started it; 0 for the first.</summary>
    public ulong Parent;

    /// <summary>The number of the job that it is in.</summary>
    public ulong Job;

    /// <summary>Memory that it has in use, in bytes.</summary>
    public ulong ResidentBytes;

    /// <summary>How long it has run, in nanoseconds.</summary>
    public ulong ProcessorNanoseconds;

    /// <summary>What it is doing.</summary>
    public ProcessState State;

    /// <summary>Its priority: 1 to 20.</summary>
    public byte Priority;

    /// <summary>The program's name, UTF-8, filled up with zero bytes.</summary>
    public fixed byte Name[NameBytes];
}
