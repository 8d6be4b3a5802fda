using System.Runtime.InteropServices;

namespace MemOS.Abi;

/// <summary>A job as JOB_INFO and LIST_JOBS tell it; 144 bytes.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct JobRecord
{
    /// <summary>Its number.</summary>
    public ulong Id;

    /// <summary>The number of the job above it; 0 for the first.</summary>
    public ulong Parent;

    /// <summary>Time that processes in it and below have run, in nanoseconds.</summary>
    public ulong ProcessorNanoseconds;

    /// <summary>Its limits: none is above what the jobs above it have.</summary>
    public ResourceRecord Limits;

    /// <summary>What it and the jobs below use.</summary>
    public ResourceRecord Usage;

    /// <summary>What its processes may do.</summary>
    public Authority Authority;

    /// <summary>Its share of the processor among the jobs beside it: 1 to 1000.</summary>
    public ushort Weight;

    /// <summary>What it is doing.</summary>
    public JobState State;

    /// <summary>Whether it has the console.</summary>
    public Foreground Foreground;

    /// <summary>Nothing; 0.</summary>
    public ushort Reserved;
}
