using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using MemOS.Memory.Aslr;
using MemOS.Memory.Contracts;

namespace MemOS.Tests.Host.Memory.Aslr;

public sealed class RandomSourceTests
{
    private static readonly byte[] Seed =
        [.. Enumerable.Range(0, 70).Select(i => (byte)(i * 7))];

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        var one = new RandomSource(Seed);
        var other = new RandomSource(Seed);
        for (int i = 0; i < 1000; i++)
        {
            Assert.Equal(one.Next(), other.Next());
        }
    }

    [Fact]
    public void Every_byte_of_the_seed_counts()
    {
        var firsts = new HashSet<ulong> { new RandomSource(Seed).Next() };
        for (int i = 0; i < Seed.Length; i++)
        {
            byte[] changed = [.. Seed];
            changed[i] ^= 1;
            Assert.True(firsts.Add(new RandomSource(changed).Next()), "byte " + i);
        }
    }

    [Fact]
    public void Stirring_changes_what_comes_and_an_attackers_bytes_do_not_undo_it()
    {
        var plain = new RandomSource(Seed);
        var stirred = new RandomSource(Seed);
        stirred.Stir([1]);
        var again = new RandomSource(Seed);
        again.Stir([1]);
        again.Stir([1]);
        ulong[] values = [plain.Next(), stirred.Next(), again.Next()];
        Assert.Equal(3, values.Distinct().Count());
    }

    [Fact]
    public void What_was_handed_out_is_not_kept()
    {
        var random = new RandomSource(Seed);
        byte[] value = new byte[8];
        for (int i = 0; i < 200; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(value, random.Next());
            Assert.Equal(-1, random.Bytes.IndexOf(value));
            random.Fill(value.AsSpan(0, 5));
            Assert.Equal(-1, random.Bytes.IndexOf(value.AsSpan(0, 5)));
        }
    }

    [Fact]
    public void Numbers_do_not_repeat_from_one_refill_to_the_next()
    {
        var random = new RandomSource(Seed);
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 10_000; i++)
        {
            Assert.True(seen.Add(random.Next()));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(10_000)]
    public void Filling_leaves_no_byte_out(int length)
    {
        var random = new RandomSource(Seed);
        byte[] all = new byte[length];
        for (int i = 0; i < 64; i++)
        {
            byte[] bytes = new byte[length];
            random.Fill(bytes);
            for (int k = 0; k < length; k++)
            {
                all[k] |= bytes[k];
            }
        }

        Assert.DoesNotContain((byte)0, all);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    public void Numbers_below_a_bound_are_alike_in_chance(int bound)
    {
        const int Each = 1000;
        var random = new RandomSource(Seed);
        int[] counts = new int[bound];
        for (int i = 0; i < bound * Each; i++)
        {
            counts[random.Below((ulong)bound)]++;
        }

        // Six standard deviations.
        Assert.All(counts, count => Assert.InRange(count, Each - 190, Each + 190));
    }

    [Fact]
    public void A_bound_that_does_not_divide_the_numbers_evenly_favours_none()
    {
        // Without drawing again, the lower half would come twice as often.
        const ulong Bound = 3ul << 62;
        var random = new RandomSource(Seed);
        int third = 0;
        for (int i = 0; i < 9000; i++)
        {
            ulong number = random.Below(Bound);
            Assert.True(number < Bound);
            third += number % 3 == 0 ? 1 : 0;
        }

        Assert.InRange(third, 2730, 3270);
        Assert.Equal(0ul, random.Below(1));
        Assert.Throws<ContractBrokenException>(() => random.Below(0));
    }
}
