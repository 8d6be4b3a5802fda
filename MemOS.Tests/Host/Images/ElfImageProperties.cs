using System;
using System.Buffers.Binary;
using System.Threading;
using MemOS.Images;
using static MemOS.Tests.Host.Images.ElfBuilder;

namespace MemOS.Tests.Host.Images;

public sealed class ElfImageProperties
{
    private static readonly ulong[] _telling =
    [
        0, 1, 2, 3, 5, 7, 8, 16, 17, 23, 24, 36, 0x1FF, 0xFFF, 0x1000, 0x1001, 0x2000,
        RelaStart + 24, Data, Data - 8, DataEnd - 8, DataEnd - 7, FileBytes, FileBytes + 1,
        1ul << 30, (1ul << 30) + 1, 1ul << 31, 1ul << 32, 1ul << 63, ulong.MaxValue - 7,
        ulong.MaxValue,
    ];

    private static readonly Gen<ulong> _place = Gen.UInt[0, 0x2FE]
        .Select(word => Data + (word * 8));

    private static readonly Gen<byte[]> _good = Gen.Select(
        Gen.Select(_place, Gen.ULong).Array[0, 8], Gen.Select(_place, Gen.ULong).Array[0, 8],
        Gen.Select(Gen.ULong[0, 0x80], Gen.UInt).Array[0, 4])
        .Select((rela, plt, packed) => Build(rela, plt, packed).Build());

    // The parts of a file that say something, not the padding between them.
    private static readonly Gen<int> _spot = Gen.OneOf(
        Gen.Int[0, HeadersStart + (6 * HeaderBytes) - 1], Gen.Int[RelaStart, RelaStart + 96],
        Gen.Int[PltStart, PltStart + 96], Gen.Int[RelrStart, RelrStart + 32],
        Gen.Int[DynamicStart, DynamicStart + 192]);

    private static readonly Gen<Action<byte[]>> _mutation = Gen.OneOf(
        Gen.Select(_spot, Gen.Int[0, 7])
            .Select((at, bit) => (Action<byte[]>)(file => file[at] ^= (byte)(1 << bit))),
        Gen.Select(_spot, Gen.Byte)
            .Select((at, value) => (Action<byte[]>)(file => file[at] = value)),
        Gen.Select(_spot, Gen.OneOfConst(_telling)).Select((at, value) =>
            (Action<byte[]>)(file =>
                BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(at & ~7), value))),
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).Select((from, to) =>
            (Action<byte[]>)(file =>
                Header(file, from).CopyTo(Header(file, to)))));

    [Fact]
    public void What_is_built_well_is_accepted_and_kept() =>
        _good.Sample(file => Assert.True(IsAccepted(file)), iter: 1000);

    [Fact]
    public void A_changed_program_is_refused_or_keeps_all_promises()
    {
        int accepted = 0;
        int refused = 0;
        Gen.Select(_good, _mutation.Array[1, 3]).Sample(
            (file, mutations) =>
            {
                byte[] changed = (byte[])file.Clone();
                foreach (Action<byte[]> mutation in mutations)
                {
                    mutation(changed);
                }

                _ = IsAccepted(changed)
                    ? Interlocked.Increment(ref accepted)
                    : Interlocked.Increment(ref refused);
            },
            iter: 20000);

        // Or the test would look at one side alone.
        Assert.True(accepted > 1000 && refused > 1000, $"{accepted} accepted, {refused} refused");
    }

    [Fact]
    public void A_program_that_is_cut_is_refused() =>
        Gen.Select(_good, Gen.Int[0, FileBytes - 1])
            .Sample((file, length) => Assert.False(IsAccepted(file[..length])), iter: 2000);

    [Fact]
    public void Any_bytes_after_a_good_start_are_refused_or_keep_all_promises() =>
        Gen.Select(_good, Gen.Int[0, DynamicStart], Gen.Byte.Array[1, 400]).Sample(
            (file, at, noise) =>
            {
                byte[] changed = (byte[])file.Clone();
                noise.CopyTo(changed, at);
                IsAccepted(changed);
            },
            iter: 3000);

    [Fact]
    public void Segments_of_any_place_and_size_are_refused_or_keep_all_promises() =>
        Gen.Select(
            Gen.UInt[4, 6],
            Gen.OneOfConst<ulong>(0, 0xFF0, 0x1000, 0x1008),
            Gen.OneOfConst<ulong>(0, 0xFF0, 0x1000, 0x1008, 0x1FFF, 0x2000, 0x2FF0, 0x3008),
            Gen.OneOfConst<ulong>(0, 1, 0x10, 0xFF8, 0x1000),
            Gen.OneOfConst<ulong>(0, 1, 8, 0xFF8, 0x1000))
            .Array[1, 17]
            .Sample(
                rows =>
                {
                    ElfBuilder builder = new();
                    builder.Headers.Clear();
                    builder.Headers.Add(new(1, 5, 0, 0, 0x20, 0x20));
                    builder.Entry = 0x18;
                    foreach ((uint flags, ulong start, ulong at, ulong bytes, ulong more) in rows)
                    {
                        builder.Headers.Add(new(1, flags, start, at, bytes, bytes + more));
                    }

                    IsAccepted(builder.Build());
                },
                iter: 5000);

    private static ElfBuilder Build(
        (ulong Place, ulong Addend)[] rela, (ulong Place, ulong Addend)[] plt,
        (ulong Word, uint Bits)[] packed)
    {
        ElfBuilder builder = new();
        foreach ((ulong place, ulong addend) in rela)
        {
            builder.Rela.Add((place, 8, addend));
        }

        foreach ((ulong place, ulong addend) in plt)
        {
            builder.Plt.Add((place, 8, addend));
        }

        foreach ((ulong word, uint bits) in packed)
        {
            builder.Relr.AddRange([Data + (word * 8), ((ulong)bits << 1) | 1]);
        }

        return builder;
    }

    private static Span<byte> Header(byte[] file, int index) =>
        file.AsSpan(HeadersStart + (index * HeaderBytes), HeaderBytes);

    /// <summary>Parses; what is accepted is held to all that an image promises.</summary>
    private static bool IsAccepted(byte[] file)
    {
        if (ElfImage.TryParse(file, out ElfImage image) != ImageStatus.Good)
        {
            return false;
        }

        ElfOracle.Check(file, image);
        return true;
    }
}
