using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Cosmos.Core.Hardware;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Aslr;

/// <summary>
/// Unpredictable numbers: ChaCha20, some blocks at a time. Each time a part of what is made
/// becomes the next key, and what is handed out is wiped, so that what was drawn before stays
/// unknown to whoever sees the state. Allocates nothing after it is made.
/// </summary>
public sealed class RandomSource
{
    private const int KeyBytes = 32;
    private const int Blocks = 8;
    private const int RowBytes = 16;
    private const int RowsInBlock = 4;
    private const int BufferBytes = Blocks * RowsInBlock * RowBytes;

    private Vector128<uint> _key0;
    private Vector128<uint> _key1;
    private Buffer _buffer;
    private int _next = BufferBytes;

    /// <summary>A source that depends on every byte of the seed: 32 or more are wanted.</summary>
    public RandomSource(ReadOnlySpan<byte> seed) => Stir(seed);

    [InlineArray(Blocks * RowsInBlock)]
    private struct Buffer
    {
        private Vector128<uint> _first;
    }

    /// <summary>Mixes more into the state; it can only become harder to guess.</summary>
    public void Stir(ReadOnlySpan<byte> more)
    {
        Span<byte> piece = stackalloc byte[KeyBytes];
        do
        {
            int length = Math.Min(more.Length, KeyBytes);
            piece.Clear();
            more[..length].CopyTo(piece);
            more = more[length..];
            _key0 ^= Vector128.Create<byte>(piece[..RowBytes]).AsUInt32();
            _key1 ^= Vector128.Create<byte>(piece[RowBytes..]).AsUInt32();
            Refill();
        }
        while (!more.IsEmpty);
    }

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        if (_next > BufferBytes - sizeof(ulong))
        {
            Refill();
        }

        Span<byte> bytes = Bytes.Slice(_next, sizeof(ulong));
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        bytes.Clear();
        _next += sizeof(ulong);
        return value;
    }

    /// <summary>A number below a bound, all alike in chance.</summary>
    /// <param name="bound">Not 0.</param>
    public ulong Below(ulong bound)
    {
        Ensure.That(bound != 0, "nothing is below zero");

        // As many bits as the bound has: half of the draws or more are below it.
        ulong mask = ulong.MaxValue >> BitOperations.LeadingZeroCount((bound - 1) | 1);
        ulong number;
        do
        {
            number = Next() & mask;
        }
        while (number >= bound);

        return number;
    }

    /// <summary>Fills memory.</summary>
    public void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_next == BufferBytes)
            {
                Refill();
            }

            int length = Math.Min(bytes.Length, BufferBytes - _next);
            Span<byte> piece = Bytes.Slice(_next, length);
            piece.CopyTo(bytes);
            piece.Clear();
            _next += length;
            bytes = bytes[length..];
        }
    }

    /// <summary>What was made and not handed out; zero where it was.</summary>
    internal Span<byte> Bytes => MemoryMarshal.AsBytes((Span<Vector128<uint>>)_buffer);

    private void Refill()
    {
        Span<Vector128<uint>> rows = _buffer;
        for (int i = 0; i < Blocks; i++)
        {
            Vector128<uint> count = Vector128.CreateScalar((uint)i);
            ChaChaBlock.Make(_key0, _key1, count, out ChaChaBlock.Rows block);
            int at = i * RowsInBlock;
            rows[at] = block.A;
            rows[at + 1] = block.B;
            rows[at + 2] = block.C;
            rows[at + 3] = block.D;
        }

        // The first two rows become the next key and are never given out.
        _key0 = rows[0];
        _key1 = rows[1];
        rows[0] = default;
        rows[1] = default;
        _next = KeyBytes;
    }
}
