using System;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MemOS.Memory.Contracts;

namespace MemOS.Memory.Aslr;

/// <summary>
/// Unpredictable numbers: the ChaCha20 block function (RFC 8439, 2.3), whose key is replaced by a
/// part of every block that it makes, so that what was drawn before stays unknown to whoever sees
/// the state. Allocates nothing after it is made.
/// </summary>
public sealed class RandomSource
{
    private const int KeyWords = 8;
    private const int BlockWords = 16;
    private const int BlockBytes = BlockWords * sizeof(uint);
    private const int KeyBytes = KeyWords * sizeof(uint);

    private Block _block;
    private Key _key;
    private int _next = BlockBytes;

    /// <summary>A source that depends on every byte of the seed: 32 or more are wanted.</summary>
    public RandomSource(ReadOnlySpan<byte> seed) => Stir(seed);

    [InlineArray(BlockWords)]
    private struct Block
    {
        private uint _first;
    }

    [InlineArray(KeyWords)]
    private struct Key
    {
        private uint _first;
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
            for (int i = 0; i < KeyWords; i++)
            {
                _key[i] ^= BinaryPrimitives.ReadUInt32LittleEndian(piece[(i * 4)..]);
            }

            Refill();
        }
        while (!more.IsEmpty);
    }

    /// <summary>64 bits.</summary>
    public ulong Next()
    {
        if (_next > BlockBytes - sizeof(ulong))
        {
            Refill();
        }

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(Bytes[_next..]);
        _next += sizeof(ulong);
        return value;
    }

    /// <summary>A number below a bound, all alike in chance.</summary>
    /// <param name="bound">Not 0.</param>
    public ulong Below(ulong bound)
    {
        Ensure.That(bound != 0, "nothing is below zero");

        // The high half of the product, drawn again where some results would be likelier.
        ulong high = Math.BigMul(Next(), bound, out ulong low);
        if (low < bound)
        {
            ulong unfair = (0 - bound) % bound;
            while (low < unfair)
            {
                high = Math.BigMul(Next(), bound, out low);
            }
        }

        return high;
    }

    /// <summary>Fills memory.</summary>
    public void Fill(Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_next == BlockBytes)
            {
                Refill();
            }

            int length = Math.Min(bytes.Length, BlockBytes - _next);
            Bytes.Slice(_next, length).CopyTo(bytes);
            _next += length;
            bytes = bytes[length..];
        }
    }

    /// <summary>The ChaCha20 block function (RFC 8439, 2.3.1).</summary>
    /// <param name="state">16 words: constants, key, counter, nonce.</param>
    /// <param name="output">16 words.</param>
    internal static void MakeBlock(ReadOnlySpan<uint> state, Span<uint> output)
    {
        const int DoubleRounds = 10;
        state.CopyTo(output);
        for (int i = 0; i < DoubleRounds; i++)
        {
            QuarterRound(output, 0, 4, 8, 12);
            QuarterRound(output, 1, 5, 9, 13);
            QuarterRound(output, 2, 6, 10, 14);
            QuarterRound(output, 3, 7, 11, 15);
            QuarterRound(output, 0, 5, 10, 15);
            QuarterRound(output, 1, 6, 11, 12);
            QuarterRound(output, 2, 7, 8, 13);
            QuarterRound(output, 3, 4, 9, 14);
        }

        for (int i = 0; i < BlockWords; i++)
        {
            output[i] += state[i];
        }
    }

    private Span<byte> Bytes => MemoryMarshal.AsBytes((Span<uint>)_block);

    // The first half of a block becomes the next key and is never given out.
    private void Refill()
    {
        Span<uint> state = stackalloc uint[BlockWords];
        state.Clear();
        state[0] = 0x61707865;
        state[1] = 0x3320646E;
        state[2] = 0x79622D32;
        state[3] = 0x6B206574;
        ((ReadOnlySpan<uint>)_key).CopyTo(state[4..]);
        MakeBlock(state, _block);
        Span<uint> block = _block;
        block[..KeyWords].CopyTo(_key);
        block[..KeyWords].Clear();
        _next = KeyBytes;
    }

    private static void QuarterRound(Span<uint> state, int a, int b, int c, int d)
    {
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 16);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 12);
        state[a] += state[b];
        state[d] = BitOperations.RotateLeft(state[d] ^ state[a], 8);
        state[c] += state[d];
        state[b] = BitOperations.RotateLeft(state[b] ^ state[c], 7);
    }
}
