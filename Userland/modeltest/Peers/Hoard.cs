using MemOS.Abi;
using MemOS.Userland;

namespace MemOS.Modeltest.Peers;

/// <summary>All the memory that there is, in the hands of one process.</summary>
internal static unsafe class Hoard
{
    private const int Most = 16 * 1024;
    private const uint SmallestPiece = Memory.PageBytes;

    // Whole large pages first, then what is left between them.
    private static readonly uint[] _sizes = [64 << 20, 2 << 20, 64 << 10, SmallestPiece];

    // Address and size of each piece; nothing can be allocated for them in between.
    private static ulong* _pieces;
    private static int _count;

    /// <summary>Takes all but a few pages.</summary>
    /// <param name="left">How many pages to leave.</param>
    internal static void Take(ulong left)
    {
        if (_pieces is null)
            _pieces = (ulong*)Memory.Allocate(2 * Most * sizeof(ulong)).Start.Value;
        // Each refusal has the kernel collect its garbage, which may give some back.
        for (int before = -1; before != _count;)
        {
            before = _count;
            foreach (uint size in _sizes)
            {
                while (_count < Most && Take(size))
                {
                    // As long as there are pieces of this size.
                }
            }
        }
        while (left-- != 0 && _count != 0)
            Return();
    }

    /// <summary>Gives all of it back.</summary>
    internal static void ReturnAll()
    {
        while (_count != 0)
            Return();
    }

    private static bool Take(uint bytes)
    {
        if (Memory.TryAllocate(bytes, MemoryRights.ReadWrite, ZeroFirst.No, out Address start)
            != ErrorCode.None)
            return false;
        _pieces[2 * _count] = start.Value;
        _pieces[(2 * _count) + 1] = bytes;
        _count++;
        return true;
    }

    // The last piece: mostly a page.
    private static void Return()
    {
        _count--;
        Memory.Free(new(_pieces[2 * _count]), (nuint)_pieces[(2 * _count) + 1]);
    }
}
