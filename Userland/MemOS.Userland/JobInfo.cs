using System;
using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>A job as it is now.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The job above it; 0 for the first.</param>
/// <param name="Limits">Its limits: none is above what the jobs above it have.</param>
/// <param name="Usage">What it uses, with the jobs below it.</param>
/// <param name="Authority">What its processes may do.</param>
/// <param name="Weight">Its share of the processor among the jobs beside it.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Foreground">Whether it has the console.</param>
/// <param name="ProcessorTime">How long processes in it and below have run.</param>
public sealed record JobInfo(
    JobId Id,
    JobId Parent,
    JobLimits Limits,
    JobUsage Usage,
    Authority Authority,
    ushort Weight,
    JobState State,
    Foreground Foreground,
    TimeSpan ProcessorTime)
{
    private const ulong NanosecondsPerMicrosecond = 1000;

    internal static JobInfo Of(in JobRecord record) => new(
        new JobId(record.Id),
        new JobId(record.Parent),
        JobLimits.Of(record.Limits),
        JobUsage.Of(record.Usage),
        record.Authority,
        record.Weight,
        record.State,
        record.Foreground,
        TimeSpan.FromMicroseconds(record.ProcessorNanoseconds / NanosecondsPerMicrosecond));
}
