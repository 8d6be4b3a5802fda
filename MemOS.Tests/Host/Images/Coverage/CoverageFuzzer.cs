using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace MemOS.Tests.Host.Images.Coverage;

/// <summary>
/// Looks for inputs that take new ways through the code: an input that left a trace as none before
/// is kept, and changed further. The same seed tries the same inputs.
/// </summary>
/// <remarks>Edges are counted as AFL counts them: Zalewski, "Technical details", 2013.</remarks>
internal sealed unsafe class CoverageFuzzer : IDisposable
{
    private const int MapBytes = 1 << 16;
    private const int MostChanges = 6;

    private static readonly ulong[] _telling =
    [
        0, 1, 2, 7, 8, 16, 24, 56, 64, 511, 512, 513, 0xFFF, 0x1000, 0x1001, 0x7FFF_FFFF,
        0x8000_0000, 0xFFFF_FFFF, 1ul << 30, 1ul << 32, 1ul << 63, ulong.MaxValue - 7,
        ulong.MaxValue,
    ];

    private readonly Action<byte[]> _target;
    private readonly Random _random;
    private readonly List<byte[]> _corpus = [];
    private readonly byte[] _seen = new byte[MapBytes];
    private readonly byte* _map = (byte*)NativeMemory.AllocZeroed(MapBytes);

    internal CoverageFuzzer(Action<byte[]> target, int seed)
    {
        _target = target;
        _random = new Random(seed);
        // Safe: the map is as long as the numbers of edges reach, and lives as long as this.
        Trace.SharedMem = _map;
    }

    /// <summary>How many inputs are kept.</summary>
    internal int Kept => _corpus.Count;

    /// <summary>How many edges were seen, whatever their counts.</summary>
    internal int Edges => MapBytes - _seen.AsSpan().Count((byte)0);

    /// <summary>Adds an input to begin with.</summary>
    internal void Add(byte[] input)
    {
        Run(input);
        _corpus.Add(input);
    }

    /// <summary>Tries so many changed inputs.</summary>
    /// <exception cref="InvalidOperationException">One of them broke a promise.</exception>
    internal void Run(long runs)
    {
        for (; runs > 0; runs--)
        {
            byte[] input = Change(_corpus[_random.Next(_corpus.Count)]);
            if (Run(input))
                _corpus.Add(input);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Trace.SharedMem = null;
        NativeMemory.Free(_map);
    }

    // Whether it took a way that none took before.
    private bool Run(byte[] input)
    {
        Span<byte> map = new(_map, MapBytes);
        map.Clear();
        Trace.PrevLocation = 0;
        try
        {
            _target(input);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException(
                $"{exception.GetType().Name} with the input {Convert.ToHexString(input)}",
                exception);
        }
        bool isNew = false;
        for (int i = 0; i < MapBytes; i++)
        {
            byte kind = KindOf(_map[i]);
            isNew |= (kind & ~_seen[i]) != 0;
            _seen[i] |= kind;
        }
        return isNew;
    }

    // Counts that differ by little are the same.
    private static byte KindOf(byte count) => count switch
    {
        0 => 0,
        1 => 1,
        2 => 2,
        3 => 4,
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };

    private byte[] Change(byte[] input)
    {
        byte[] changed = (byte[])input.Clone();
        int changes = _random.Next(1, MostChanges + 1);
        for (int i = 0; i < changes && changed.Length != 0; i++)
            changed = ChangeOnce(changed);
        return changed;
    }

    private byte[] ChangeOnce(byte[] input)
    {
        int at = _random.Next(input.Length);
        switch (_random.Next(7))
        {
            case 0:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                Put(input, at, _telling[_random.Next(_telling.Length)]);
                break;
            case 3:
                Put(input, at & ~7, _telling[_random.Next(_telling.Length)]);
                break;
            case 4:
                byte[] other = _corpus[_random.Next(_corpus.Count)];
                int length = Math.Min(_random.Next(1, 65), Math.Min(
                    input.Length - at, other.Length));
                other.AsSpan(_random.Next(other.Length - length + 1), length)
                    .CopyTo(input.AsSpan(at));
                break;
            case 5 when _random.Next(8) == 0:
                return input[..at];
            default:
                input[at] = (byte)(input[at] + _random.Next(-8, 9));
                break;
        }
        return input;
    }

    private void Put(byte[] input, int at, ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        int length = Math.Min(1 << _random.Next(4), input.Length - at);
        bytes[..length].CopyTo(input.AsSpan(at));
    }
}
