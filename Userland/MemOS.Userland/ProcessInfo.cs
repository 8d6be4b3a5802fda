using System;
using MemOS.Abi;

namespace MemOS.Userland;

/// <summary>A process as the list of processes shows it.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Parent">The process that started it.</param>
/// <param name="Job">The job that it is in.</param>
/// <param name="Name">The program that it runs.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Priority">Its share of the processor, 1 to 20.</param>
/// <param name="ResidentBytes">Memory that it has in use.</param>
/// <param name="ProcessorTime">How long it has run.</param>
public sealed record ProcessInfo(
    ProcessId Id,
    ProcessId Parent,
    JobId Job,
    string Name,
    ProcessState State,
    byte Priority,
    ulong ResidentBytes,
    TimeSpan ProcessorTime);
