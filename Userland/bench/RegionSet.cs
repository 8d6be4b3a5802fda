using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Bench;

/// <summary>Many regions of two pages each, at random places.</summary>
internal sealed unsafe class RegionSet : IDisposable
{
    private const uint RegionBytes = 2 * Memory.PageBytes;

    private readonly Address[] _starts;
    private int _count;

    /// <summary>Allocates the regions.</summary>
    /// <exception cref="MemOsException">There is no memory for so many.</exception>
    internal RegionSet(int count)
    {
        _starts = new Address[count];
        ErrorCode error = ErrorCode.None;
        while (_count < count && error == ErrorCode.None)
        {
            error = Memory.TryAllocate(
                RegionBytes, MemoryRights.ReadWrite, ZeroFirst.Yes, out _starts[_count]);
            _count += error == ErrorCode.None ? 1 : 0;
        }
        if (error == ErrorCode.None)
            return;
        Dispose();
        throw new MemOsException(SyscallCode.MemAlloc, error);
    }

    /// <summary>Writes to one page of every region, or of every so many-th.</summary>
    /// <param name="page">0 or 1.</param>
    /// <param name="step">1 for every region; their order is no order of addresses.</param>
    internal void Touch(int page, int step)
    {
        // Safe: the regions are ours until Dispose.
        for (int i = 0; i < _count; i += step)
            ((byte*)_starts[i].Value)[page * Memory.PageBytes] = 1;
    }

    /// <summary>Gives all of them back.</summary>
    public void Dispose()
    {
        while (_count > 0)
            Memory.Free(_starts[--_count], RegionBytes);
    }
}
