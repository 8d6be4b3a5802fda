using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using MemOS.Instructions;
using MemOS.Instructions.Accesses;
using MemOS.Memory;
using MemOS.Memory.Addresses;

namespace MemOS.Tests.Host.Instructions.Trials;

/// <summary>Memory at the place of the real processor's, one range of which is served.</summary>
internal sealed class WindowMemory(ulong start, byte[] bytes, Range served) : IProgramMemory
{
    /// <summary>What it holds.</summary>
    internal byte[] Bytes => bytes;

    /// <summary>The first byte that is served.</summary>
    internal ulong ServedStart => start + (ulong)served.Start.Value;

    /// <summary>Every access that was served, in order.</summary>
    internal List<MemoryAccess> Log { get; } = [];

    /// <summary>Whether ordinary memory can't be written.</summary>
    internal bool RefusesWrites { get; init; }

    public MemoryService ServiceOf(VirtualAddress address, int length)
    {
        int inside = 0;
        for (int i = 0; i < length; i++)
        {
            if (IsServed(address.Value + (ulong)i))
                inside++;
        }
        return inside == 0 ? MemoryService.Ordinary
            : inside == length ? MemoryService.Served : MemoryService.Mixed;
    }

    public bool TryPrepareWrite(VirtualAddress address, OperandSize size) =>
        !RefusesWrites && Holds(address, size);

    public bool TryRead(VirtualAddress address, OperandSize size, out ulong value)
    {
        value = 0;
        if (!Holds(address, size))
            return false;
        value = Get(address, size);
        return true;
    }

    public bool TryWrite(VirtualAddress address, OperandSize size, ulong value)
    {
        if (RefusesWrites || !Holds(address, size))
            return false;
        Set(address, size, value);
        return true;
    }

    /// <summary>Answers an access as its backer would.</summary>
    internal ulong Serve(MemoryAccess access)
    {
        Assert.Equal(MemoryService.Served, ServiceOf(access.Address, (int)access.Size));
        Assert.Contains((int)access.Size, (int[])[1, 2, 4, 8]);
        Log.Add(access);
        if (access.Kind == Access.Read)
            return Get(access.Address, access.Size);
        Set(access.Address, access.Size, access.Value);
        return 0;
    }

    internal bool IsServed(ulong address) =>
        address >= ServedStart && address < start + (ulong)served.End.Value;

    private bool Holds(VirtualAddress address, OperandSize size) =>
        address.Value >= start && address.Value + (ulong)size <= start + (ulong)bytes.Length;

    private ulong Get(VirtualAddress address, OperandSize size)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        bytes.AsSpan((int)(address.Value - start), (int)size).CopyTo(value);
        return BinaryPrimitives.ReadUInt64LittleEndian(value);
    }

    private void Set(VirtualAddress address, OperandSize size, ulong value)
    {
        Span<byte> all = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(all, value);
        all[..(int)size].CopyTo(bytes.AsSpan((int)(address.Value - start)));
    }
}
