using System;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cosmos.Core.Hardware;

namespace Cosmos.Core.Boot.Placement;

/// <summary>
/// A stream of ChaCha20 (RFC 8439) under a key of 256 bits: what is seen of the layout tells
/// nothing of the rest.
/// </summary>
/// <param name="key">Four words.</param>
internal unsafe struct BootRandom(ulong* key)
{
    private const int BlockWords = 16;

    private readonly Vector128<uint> _key0 = Vector128.Create(key[0], key[1]).AsUInt32();
    private readonly Vector128<uint> _key1 = Vector128.Create(key[2], key[3]).AsUInt32();
    private Words _block;
    private uint _count;
    private int _used = BlockWords;

    /// <summary>64 bits.</summary>
    internal ulong NextLong() => Next() | ((ulong)Next() << 32);

    /// <summary>
    /// A number below a limit, as the high half of a product: for limits of 32 bits, no result is
    /// likelier than another by more than 2^-32.
    /// </summary>
    internal uint Below(ulong limit) => (uint)Math.BigMul(NextLong(), limit, out _);

    private uint Next()
    {
        if (_used == BlockWords)
        {
            ChaChaBlock.Make(
                _key0, _key1, Vector128.Create(_count++, 0, 0, 0), out ChaChaBlock.Rows rows);
            Unsafe.As<Words, ChaChaBlock.Rows>(ref _block) = rows;
            _used = 0;
        }
        return _block.Value[_used++];
    }

    private struct Words
    {
        internal fixed uint Value[BlockWords];
    }
}
