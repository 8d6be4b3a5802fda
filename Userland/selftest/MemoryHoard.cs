using System;
using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Selftest;

/// <summary>All memory that there is, taken until it is given back.</summary>
internal sealed class MemoryHoard
{
    private const int MostPieces = 16 * 1024;

    // Made beforehand: nothing can be allocated in between.
    private readonly (ulong Start, uint Bytes)[] _pieces = new (ulong, uint)[MostPieces];
    private readonly Caller _caller = new();
    private int _count;

    /// <summary>Takes what is left, in pieces of all sizes down to a page.</summary>
    internal void TakeAll()
    {
        for (uint bytes = 1u << 31; bytes >= Memory.PageBytes; bytes /= 2)
        {
            while (_count < MostPieces && _caller.Begin(SyscallCode.MemAlloc).Put(bytes)
                .Put((byte)MemoryRights.ReadWrite, sizeof(byte))
                .Put((byte)ZeroFirst.No, sizeof(byte)).Send() == ErrorCode.None)
                _pieces[_count++] = (_caller.Value0, bytes);
        }
    }

    /// <summary>Gives all of it back.</summary>
    internal void GiveAllBack()
    {
        while (TryGiveOneBack())
        {
            // There are more.
        }
    }

    /// <summary>Gives the piece back that was taken last: small ones first.</summary>
    /// <returns>Whether there was one.</returns>
    internal bool TryGiveOneBack()
    {
        if (_count == 0)
            return false;
        (ulong start, uint bytes) = _pieces[--_count];
        Memory.Free(new(start), bytes);
        return true;
    }
}
