using System.Runtime.InteropServices;
using MemOS.Abi;

namespace MemOS.Userland.Syscalls;

/// <summary>CREATE_JOB.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct CreateJobBlock(
    ResourceRecord* limits, Authority authority, ushort weight, JobId above)
{
    private readonly SyscallCode _code = SyscallCode.CreateJob;
    private readonly ulong _limits = (ulong)limits;
    private readonly ulong _limitBytes = (ulong)sizeof(ResourceRecord);
    private readonly Authority _authority = authority;
    private readonly ushort _weight = weight;
    private readonly ulong _above = above.Value;
}

/// <summary>SET_JOB_LIMITS.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly unsafe struct JobLimitsBlock(JobId job, ResourceRecord* limits, ushort weight)
{
    private readonly SyscallCode _code = SyscallCode.SetJobLimits;
    private readonly ulong _job = job.Value;
    private readonly ulong _limits = (ulong)limits;
    private readonly ulong _limitBytes = (ulong)sizeof(ResourceRecord);
    private readonly ushort _weight = weight;
}

/// <summary>END_JOB and WAIT_JOB.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal readonly struct JobTimeBlock(SyscallCode code, JobId job, uint milliseconds)
{
    private readonly SyscallCode _code = code;
    private readonly ulong _job = job.Value;
    private readonly uint _milliseconds = milliseconds;
}
