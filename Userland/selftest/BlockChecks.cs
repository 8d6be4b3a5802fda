using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>Blocks that lie anywhere, codes that do not exist, other numberings.</summary>
internal sealed unsafe class BlockChecks(Workbench bench)
{
    // The code of GET_PID is a letter, so that a constant can be a block.
    private static ReadOnlySpan<byte> PidBlock => "S"u8;

    private readonly Grounds _grounds = bench.Grounds;

    internal void Run()
    {
        TryPlaces();
        TryEdges();
        TryCodes();
        TryMarkers();
    }

    private void TryPlaces()
    {
        bench.Begin(SyscallCode.GetPid);
        foreach (Place place in _grounds.Nowhere)
        {
            bench.RefusesFrom($"a block in {place.Name}", ErrorCode.BadPointer, place.Address);
            bench.RefusesFrom(
                $"a block in the last byte of {place.Name}", ErrorCode.BadPointer,
                place.Address | 0xFFF);
        }
        bench.RefusesFrom("a block in the last byte of all", ErrorCode.BadPointer, ulong.MaxValue);
        bench.RefusesFrom("a block in the last byte below 2^63", ErrorCode.BadPointer,
            0x7FFF_FFFF_FFFF_FFFF);
        // Zeros: the code 0, which does not exist.
        bench.RefusesFrom("a block in a page that nobody has touched", ErrorCode.NoSuchSyscall,
            Memory.Allocate(Memory.PageBytes).Start.Value);
        bench.RefusesFrom("a block in execute-only memory",
            Processor.HasProtectionKeys ? ErrorCode.NotPermitted : ErrorCode.NoSuchSyscall,
            _grounds.ExecuteOnly);
        // Safe: a constant does not move.
        fixed (byte* block = PidBlock)
        {
            ErrorCode error = bench.Caller.SendFrom((ulong)block, SyscallConvention.Marker);
            bench.Checks.Equal("a block in constants", 0, (ulong)error);
            bench.Checks.Equal("GET_PID", Process.Id.Value, bench.Caller.Value0);
        }
    }

    private void TryEdges()
    {
        ulong hole = _grounds.Hole;
        bench.Begin(SyscallCode.GetPid);
        bench.Checks.Equal("a block in the last byte before nothing", 0,
            (ulong)bench.Caller.SendCopiedTo(hole - 1));
        ulong edge = _grounds.Writable + Memory.PageBytes;
        ulong filled = edge + 512;
        for (ulong before = 0; before <= 17; before++)
        {
            bench.Begin(SyscallCode.FillRandom).Put(filled).Put(sizeof(ulong));
            ulong old = *(ulong*)filled;
            ErrorCode error = bench.Caller.SendCopiedTo(edge - before);
            bench.Checks.That($"a block with {before} bytes in the page before",
                error == ErrorCode.None && bench.Caller.HasKept && *(ulong*)filled != old);
            if (before is 0 or 17)
                continue;
            // The same, but the page after it is not there.
            bench.Caller.Block[..(int)before].CopyTo(
                new Span<byte>((byte*)hole - before, (int)before));
            bench.RefusesFrom($"a block of which {before} of 17 bytes are there",
                ErrorCode.BadPointer, hole - before);
        }
        bench.Begin(SyscallCode.MemFree).Put(1).Put(1);
        bench.Checks.Equal("a block that ends before nothing", (ulong)ErrorCode.Unaligned,
            (ulong)bench.Caller.SendCopiedTo(hole - 17));
    }

    private void TryCodes()
    {
        for (int code = 0; code <= byte.MaxValue; code++)
        {
            if (Exists((SyscallCode)code))
                continue;
            bench.Begin((SyscallCode)code).Put(0).Put(0).Put(0).Put(0);
            bench.Refuses($"the code 0x{code:X2}", ErrorCode.NoSuchSyscall);
        }
        bench.Begin(default);
        bench.Checks.Equal("a code that does not exist, before nothing",
            (ulong)ErrorCode.NoSuchSyscall,
            (ulong)bench.Caller.SendCopiedTo(_grounds.Hole - 1));
    }

    private void TryMarkers()
    {
        bench.Begin(SyscallCode.GetPid);
        ulong right = SyscallConvention.Marker;
        ulong[] wrong = [0, 1, right - 1, right + 1, right | (1UL << 32), right << 32,
            0x4F4D_454D, ulong.MaxValue];
        foreach (ulong marker in wrong)
        {
            bench.Refuses($"the marker {marker:X}", ErrorCode.NoSuchSyscall, marker,
                other => bench.Caller.SendFrom(_grounds.Writable, other));
            bench.Refuses($"the marker {marker:X} and no block", ErrorCode.NoSuchSyscall, marker,
                other => bench.Caller.SendFrom(0, other));
        }
    }

    private static bool Exists(SyscallCode code) => code switch
    {
        SyscallCode.CreateProcess
            or SyscallCode.HandleSignal or SyscallCode.UnhandleSignal or SyscallCode.IsSignalHandled
            or SyscallCode.Ready or SyscallCode.SignalDone or SyscallCode.CreateThread
            or SyscallCode.WaitWord or SyscallCode.WakeWord or SyscallCode.ExitThread
            or SyscallCode.MemAlloc or SyscallCode.MemFree or SyscallCode.WaitChildProcess
            or SyscallCode.KillChildProcess or SyscallCode.GetPid or SyscallCode.HandOver
            or SyscallCode.Exit or SyscallCode.ConsoleWrite or SyscallCode.ConsoleRead
            or SyscallCode.Spawn or SyscallCode.ReadClock or SyscallCode.ListProcesses
            or SyscallCode.ListRegions or SyscallCode.ReadLog or SyscallCode.CountMemory
            or SyscallCode.Shutdown or SyscallCode.SetThreadPointer or SyscallCode.FillRandom
            or SyscallCode.Sleep or SyscallCode.ListPrograms or SyscallCode.ListDevices
            or SyscallCode.VirtMemAms or SyscallCode.ShareAms or SyscallCode.AmsSharingInfo
            or SyscallCode.UnshareAms or SyscallCode.MapAms or SyscallCode.UnmapAms
            or SyscallCode.DeviceAms or SyscallCode.BackedAms
            or SyscallCode.AuditMemory or SyscallCode.CreateJob or SyscallCode.JobInfo
            or SyscallCode.ListJobs or SyscallCode.SetJobLimits or SyscallCode.EndJob
            or SyscallCode.WaitJob or SyscallCode.SetForeground or SyscallCode.KeepRunning
            or SyscallCode.LimitMemory => true,
        _ => false,
    };
}
