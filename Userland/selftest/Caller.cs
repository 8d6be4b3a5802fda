using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// Makes system calls as they are, with every register set, and looks at every register after.
/// </summary>
internal sealed unsafe class Caller
{
    private readonly Registers* _registers;
    private readonly Registers* _before;
    private readonly byte* _block;
    private int _length;
    private ulong _seed;

    internal Caller()
    {
        // Safe, here and below: the page is never given back.
        byte* page = (byte*)Memory.Allocate(Memory.PageBytes).Start.Value;
        _registers = (Registers*)page;
        _before = (Registers*)(page + 1024);
        _block = page + 2048;
    }

    /// <summary>The first value.</summary>
    internal ulong Value0 => _registers->Rdx;

    /// <summary>The second value.</summary>
    internal ulong Value1 => _registers->Rdi;

    /// <summary>The third value.</summary>
    internal ulong Value2 => _registers->Rsi;

    /// <summary>The fourth value.</summary>
    internal ulong Value3 => _registers->R8;

    /// <summary>The fifth value.</summary>
    internal ulong Value4 => _registers->R9;

    /// <summary>The sixth value.</summary>
    internal ulong Value5 => _registers->R10;

    /// <summary>Whether the last call left all registers alone that it had to.</summary>
    internal bool HasKept { get; private set; }

    /// <summary>The first call that did not; null if all did.</summary>
    internal string? FirstLoss { get; private set; }

    /// <summary>The block so far.</summary>
    internal ReadOnlySpan<byte> Block => new(_block, _length);

    /// <summary>Begins a block.</summary>
    internal Caller Begin(SyscallCode code)
    {
        _length = 0;
        return Put((ulong)code, sizeof(byte));
    }

    /// <summary>Adds an argument of eight bytes.</summary>
    internal Caller Put(ulong value) => Put(value, sizeof(ulong));

    /// <summary>Adds an argument of so many bytes.</summary>
    internal Caller Put(ulong value, int bytes)
    {
        for (int i = 0; i < bytes; i++)
            _block[_length++] = (byte)(value >> (8 * i));
        return this;
    }

    /// <summary>Makes the call.</summary>
    internal ErrorCode Send() => SendFrom((ulong)_block, SyscallConvention.Marker);

    /// <summary>Makes the call with the block somewhere else, and something else in RAX.</summary>
    internal ErrorCode SendFrom(ulong block, ulong marker)
    {
        _registers->Fill(++_seed);
        _registers->Rax = marker;
        _registers->Rdi = block;
        *_before = *_registers;
        Processor.Call(_registers);
        ErrorCode error = (ErrorCode)_registers->Rax;
        int values = error == ErrorCode.None ? ValuesOf((SyscallCode)_block[0]) : 0;
        HasKept = _registers->Rax <= byte.MaxValue && _registers->KeepsAllOf(*_before)
            && _registers->KeepsValuesOf(*_before, values);
        if (!HasKept)
            FirstLoss ??= $"0x{_block[0]:X2}, error 0x{_registers->Rax:X}";
        return error;
    }

    /// <summary>Has the job of this process tell how it is.</summary>
    // Safe: the kernel writes one record there.
    internal void TellOwnJob(JobRecord* record) => Begin(SyscallCode.JobInfo).Put(0)
        .Put((ulong)record).Put((ulong)sizeof(JobRecord)).Send();

    /// <summary>Makes the call with the block copied to another place.</summary>
    internal ErrorCode SendCopiedTo(ulong place)
    {
        CopyBlock(place);
        return SendFrom(place, SyscallConvention.Marker);
    }

    /// <summary>Copies the block to another place.</summary>
    internal void CopyBlock(ulong place) =>
        Block.CopyTo(new Span<byte>((byte*)place, _length));

    /// <summary>
    /// Makes CREATE_THREAD; the new thread makes another call again and again, and nothing else.
    /// </summary>
    /// <param name="block">Where that call's block lies.</param>
    internal ErrorCode StartSleeper(ulong block) =>
        (ErrorCode)Processor.StartSleeper(_block, (byte*)block);

    private static int ValuesOf(SyscallCode code) => code switch
    {
        SyscallCode.AmsSharingInfo => 6,
        SyscallCode.CountMemory => 4,
        SyscallCode.WaitChildProcess or SyscallCode.KillChildProcess
            or SyscallCode.CreateThread or SyscallCode.CreateProcess => 3,
        SyscallCode.ReadClock => 2,
        SyscallCode.MemAlloc or SyscallCode.GetPid or SyscallCode.ConsoleRead
            or SyscallCode.Spawn or SyscallCode.ListProcesses or SyscallCode.ListRegions
            or SyscallCode.ReadLog or SyscallCode.ListPrograms or SyscallCode.IsSignalHandled
            or SyscallCode.WakeWord or SyscallCode.ListDevices or SyscallCode.VirtMemAms
            or SyscallCode.MapAms or SyscallCode.DeviceAms or SyscallCode.BackedAms
            or SyscallCode.AuditMemory or SyscallCode.CreateJob or SyscallCode.ListJobs => 1,
        _ => 0,
    };
}
