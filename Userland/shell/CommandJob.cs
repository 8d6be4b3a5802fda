using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Shell;

/// <summary>Where a command runs.</summary>
internal enum Place
{
    /// <summary>The shell waits for it.</summary>
    Foreground,

    /// <summary>The shell goes on meanwhile.</summary>
    Beside,
}

/// <summary>
/// The job above those of all commands. What they have together leaves enough for the shell and for
/// whoever started it, so that the shell goes on whatever was typed.
/// </summary>
internal static class CommandJob
{
    private const ulong MostProcesses = 4096;

    // What is left for others: a few programs, and more where there is more.
    private const ulong LeastKept = 4 << 20;
    private const ulong PartKept = 32;

    // Many small allocations take as much for their page tables as for themselves, or more.
    private const ulong PartForKernel = 4;

    // What runs beside the shell leaves to the next command as much as it gets.
    private const ulong MostProcessesBeside = 512;
    private const ulong PartBeside = 2;

    private static Job? _above;

    /// <summary>Its number; null as long as there is none.</summary>
    internal static JobId? Id => _above?.Id;

    /// <summary>Makes a job for a command.</summary>
    /// <param name="authority">What the command may do, as far as the shell may.</param>
    /// <param name="place">Where it runs.</param>
    /// <exception cref="UsageException">The commands that run leave nothing for it.</exception>
    internal static Job Create(Authority authority, Place place)
    {
        Authority own = Job.Own.Info.Authority;
        // Ctrl-C ends whatever the shell starts.
        _above ??= Job.Create(AllLimits(), own & ~Authority.Keys);
        JobLimits? limits = place == Place.Beside ? LimitsBeside(_above.Info) : null;
        try
        {
            return _above.CreateBelow(limits, authority & own);
        }
        catch (MemOsException exception) when (exception.Error == ErrorCode.NoMemory)
        {
            throw new UsageException(
                "What runs leaves nothing for that; \"jobs\" shows it, and \"kill\" ends it.");
        }
    }

    /// <summary>Ends all commands.</summary>
    internal static void End()
    {
        _above?.TryEnd();
        _above = null;
    }

    private static JobLimits AllLimits()
    {
        JobInfo own = Job.Own.Info;
        // What is promised to programs is not all in use yet.
        ulong promised = own.Usage.CommittedBytes + own.Usage.KernelBytes;
        ulong free = Math.Min(
            Left(Machine.Memory.Free, promised),
            Left(own.Limits.CommittedBytes, own.Usage.CommittedBytes));
        ulong kept = Math.Min(LeastKept + (free / PartKept), free / 2);
        ulong given = free - kept;
        ulong kernel = given / PartForKernel;
        return new JobLimits
        {
            CommittedBytes = given - kernel,
            KernelBytes = Math.Min(kernel, own.Limits.KernelBytes),
            Processes = Math.Min(MostProcesses, own.Limits.Processes),
        };
    }

    private static JobLimits LimitsBeside(JobInfo above) => new()
    {
        CommittedBytes =
            Left(above.Limits.CommittedBytes, above.Usage.CommittedBytes) / PartBeside,
        KernelBytes = Left(above.Limits.KernelBytes, above.Usage.KernelBytes) / PartBeside,
        Processes = Math.Min(MostProcessesBeside, above.Limits.Processes),
    };

    private static ulong Left(ulong limit, ulong used) => limit - Math.Min(limit, used);
}
