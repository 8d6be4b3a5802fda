using System;
using System.Runtime.InteropServices;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>
/// What a call could change that must not: this process's regions, and which processes there are.
/// Takes no memory when it looks.
/// </summary>
internal sealed unsafe class Snapshot
{
    private const int Room = 64 * 1024;

    private readonly Caller _caller = new();
    private readonly byte* _buffer = (byte*)Memory.Allocate(Room).Start.Value;
    private readonly ulong _self = Process.Id.Value;

    /// <summary>A number that is another one when something has changed.</summary>
    internal ulong Take()
    {
        ulong hash = 0;
        int regions = Fill(
            _caller.Begin(SyscallCode.ListRegions).Put(_self), sizeof(RegionRecord));
        ReadOnlySpan<byte> records = new(_buffer, regions * sizeof(RegionRecord));
        foreach (ulong part in MemoryMarshal.Cast<byte, ulong>(records))
            hash = Mix(hash, part);
        int processes = Fill(_caller.Begin(SyscallCode.ListProcesses), sizeof(ProcessRecord));
        ProcessRecord* process = (ProcessRecord*)_buffer;
        // Safe: the kernel filled so many records.
        for (int i = 0; i < processes; i++)
            hash = Mix(Mix(hash, process[i].Id), process[i].Parent);
        return hash;
    }

    private int Fill(Caller call, int recordBytes)
    {
        ErrorCode error = call.Put((ulong)_buffer).Put(Room).Send();
        ulong most = Room / (ulong)recordBytes;
        return error == ErrorCode.None ? (int)Math.Min(call.Value0, most) : 0;
    }

    // FNV, eight bytes at a time.
    private static ulong Mix(ulong hash, ulong part) => (hash ^ part) * 0x100000001B3;
}
